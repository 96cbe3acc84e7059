// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits for the overwrites that have passed the gate, and whom they let in front. */
@Timeout(20)
class OverwriteGateTest {
    private static final int BLOCK = 4096;
    private static final long SIZE = 100 * BLOCK;

    private final InodeState inode = new InodeState(BLOCK, SIZE);
    private final OverwriteGate.Count one = inode.gate.register();
    private final OverwriteGate.Count two = inode.gate.register();

    /** What may go on with an inode, at block 10. */
    private enum Kind {
        BUFFERED((inode, range) -> inode.acquireWrite(range, false, 10 * BLOCK, 17)),
        RESIZE((inode, range) -> inode.acquireFrom(range, 10 * BLOCK)),
        /** Past an end within a block, which it zeroes. */
        EXCLUSIVE((inode, range) -> inode.acquireWrite(range, true, 200 * BLOCK, BLOCK)),
        EXTENDING((inode, range) -> inode.acquireWrite(range, true, 100 * BLOCK, BLOCK)),
        OVERWRITE((inode, range) -> inode.acquireWrite(range, true, 10 * BLOCK, BLOCK, true));

        private final BiFunction<InodeState, TestRange, Boolean> acquire;

        Kind(BiFunction<InodeState, TestRange, Boolean> acquire) {
            this.acquire = acquire;
        }
    }

    private TestRange acquire(Kind kind) {
        if (kind == Kind.EXCLUSIVE) {
            inode.seenSize(SIZE - 1);
        }
        TestRange range = new TestRange(kind.name());
        range.granted = kind.acquire.apply(inode, range);
        return range;
    }

    private void release(TestRange range) {
        inode.release(range, -1, false);
    }

    private void checkOpen() {
        assertThat(one.enter()).isTrue();
        assertThat(two.enter()).isTrue();
        one.exit();
        two.exit();
    }

    private void checkClosed() {
        assertThat(one.enter()).isFalse();
        assertThat(two.enter()).isFalse();
    }

    @Test
    void overwritesPassItTogetherAndAgainAndAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(one.enter()).isTrue();
            checkOpen();
        }
        assertThat(acquire(Kind.BUFFERED).granted).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUFFERED", "RESIZE", "EXCLUSIVE"})
    void whoMustHaveTheInodeAloneWaitsForTheLastOverwriteInside(Kind kind) {
        one.enter();
        one.enter();
        two.enter();
        TestRange range = acquire(kind);
        assertThat(range.granted).isFalse();
        checkClosed();
        one.exit();
        assertThat(range.granted).isFalse();
        two.exit();
        assertThat(range.granted).isFalse();
        checkClosed();
        one.exit();
        assertThat(range.granted).isTrue();
        checkClosed();
        release(range);
        checkOpen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUFFERED", "RESIZE", "EXCLUSIVE"})
    void whereNoneIsInsideNobodyWaits(Kind kind) {
        checkOpen();
        TestRange range = acquire(kind);
        assertThat(range.granted).isTrue();
        checkClosed();
        release(range);
        checkOpen();
    }

    @Test
    void aDirectWriteThatExtendsRunsBesideThoseInsideAndKeepsOthersOut() {
        one.enter();
        TestRange extending = acquire(Kind.EXTENDING);
        assertThat(extending.granted).isTrue();
        checkClosed();
        one.exit();
        checkClosed();
        release(extending);
        checkOpen();
    }

    @Test
    void anOverwriteThatHoldsItsBlocksKeepsNobodyOut() {
        one.enter();
        TestRange overwrite = acquire(Kind.OVERWRITE);
        assertThat(overwrite.granted).isTrue();
        checkOpen();
        release(overwrite);
        one.exit();
        checkOpen();
    }

    @Test
    void anOverwriteThatIsTurnedAwayDoesNotOvertakeTheOneThatWaits() {
        one.enter();
        TestRange buffered = acquire(Kind.BUFFERED);
        assertThat(two.enter()).isFalse();
        TestRange late = acquire(Kind.OVERWRITE);
        TestRange elsewhere = new TestRange("elsewhere");
        assertThat(inode.acquireWrite(elsewhere, true, 20 * BLOCK, BLOCK, true)).isTrue();
        assertThat(late.granted).isFalse();
        one.exit();
        assertThat(buffered.granted).isTrue();
        assertThat(late.granted).isFalse();
        release(buffered);
        assertThat(late.granted).isTrue();
        release(late);
        release(elsewhere);
        checkOpen();
    }

    @Test
    void itOpensAgainAfterTheLastOfThoseWhoCloseItAlsoOfThoseWhoWait() {
        TestRange first = acquire(Kind.BUFFERED);
        TestRange second = acquire(Kind.RESIZE);
        TestRange third = acquire(Kind.EXTENDING);
        assertThat(second.granted).isFalse();
        assertThat(third.granted).isFalse();
        for (TestRange each : new TestRange[] {first, second, third}) {
            assertThat(each.granted).isTrue();
            checkClosed();
            release(each);
        }
        checkOpen();
    }

    @Test
    void allWhoWaitedForOverwritesAloneAreGrantedTogetherAndTheOthersInOrder() {
        one.enter();
        TestRange first = new TestRange("block 1");
        inode.acquireWrite(first, false, BLOCK, 1);
        TestRange second = new TestRange("block 2");
        inode.acquireWrite(second, false, 2 * BLOCK, 1);
        TestRange all = new TestRange("all");
        inode.acquireFrom(all, 0);
        TestRange third = new TestRange("block 3");
        inode.acquireWrite(third, false, 3 * BLOCK, 1);
        one.exit();
        assertThat(first.granted).isTrue();
        assertThat(second.granted).isTrue();
        assertThat(all.granted).isFalse();
        assertThat(third.granted).as("behind the one for all").isFalse();
        release(first);
        assertThat(all.granted).isFalse();
        release(second);
        assertThat(all.granted).isTrue();
        release(all);
        assertThat(third.granted).isTrue();
    }

    @Test
    void aHandleThatHasGoneIsNotWaitedForAndTheOthersAre() {
        OverwriteGate.Count gone = inode.gate.register();
        one.enter();
        gone.enter();
        gone.exit();
        gone.unregister();
        TestRange range = acquire(Kind.RESIZE);
        assertThat(range.granted).isFalse();
        one.exit();
        assertThat(range.granted).isTrue();
        release(range);
        two.unregister();
        one.unregister();
        assertThat(acquire(Kind.RESIZE).granted).isTrue();
    }

    @Test
    void aHandleThatComesWhileItIsClosedFindsItClosed() {
        TestRange range = acquire(Kind.BUFFERED);
        OverwriteGate.Count late = inode.gate.register();
        assertThat(late.enter()).isFalse();
        release(range);
        assertThat(late.enter()).isTrue();
        assertThat(acquire(Kind.BUFFERED).granted).isFalse();
    }

    @Test
    void aGrantMayReleaseAtOnceAndTheNextOverwritePasses() {
        one.enter();
        TestRange[] self = new TestRange[1];
        self[0] = new TestRange("self", () -> release(self[0]));
        assertThat(inode.acquireFrom(self[0], 0)).isFalse();
        one.exit();
        checkOpen();
    }
}
