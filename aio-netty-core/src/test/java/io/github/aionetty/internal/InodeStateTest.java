// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which writes of one inode may run together. */
@Timeout(20)
class InodeStateTest {
    private static final int BLOCK = 4096;
    private static final long SIZE = 100 * BLOCK;
    private final InodeState inode = new InodeState(BLOCK, SIZE);

    private TestRange write(String name, boolean direct, long position, long length) {
        TestRange range = new TestRange(name);
        range.granted = inode.acquireWrite(range, direct, position, length);
        return range;
    }

    private TestRange direct(String name, long position, long length) {
        return write(name, true, position, length);
    }

    private TestRange buffered(String name, long position, long length) {
        return write(name, false, position, length);
    }

    private TestRange from(String name, long position) {
        TestRange range = new TestRange(name);
        range.granted = inode.acquireFrom(range, position);
        return range;
    }

    private void release(TestRange range) {
        inode.release(range, -1, false);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true",
        "false, false, true",
        "true, false, false",
        "false, true, false"
    })
    void inOneBlockOnlyWritesOfOneKindRunTogether(boolean one, boolean two, boolean together) {
        write("first", one, BLOCK, BLOCK);
        assertThat(write("second", two, BLOCK, BLOCK).granted).isEqualTo(together);
    }

    @ParameterizedTest
    @CsvSource({
        // A buffered write of these bytes, beside a direct one of block 10.
        "40950, 10, true",
        "40950, 11, false",
        "45055, 1, false",
        "45056, 1, true",
        "40961, 5, false",
        "0, 40960, true",
        "0, 40961, false",
        "0, 400000, false"
    })
    void whatCountsAreTheBlocksThatAreTouched(long position, long length, boolean together) {
        direct("direct", 10 * BLOCK, BLOCK);
        assertThat(buffered("buffered", position, length).granted).isEqualTo(together);
    }

    @Test
    void betweenTheKindsWholeFoliosCountAndAmongBufferedWritesBlocks() {
        InodeState folios = new InodeState(BLOCK, 4 * BLOCK, SIZE, new DeviceState());
        TestRange buffered = new TestRange("buffered");
        assertThat(folios.acquireWrite(buffered, false, 5 * BLOCK + 7, 1)).isTrue();
        TestRange before = new TestRange("before");
        assertThat(folios.acquireWrite(before, true, 3 * BLOCK, BLOCK)).isTrue();
        assertThat(folios.acquireWrite(new TestRange("behind"), true, 8 * BLOCK, BLOCK)).isTrue();
        TestRange direct = new TestRange("same folio");
        assertThat(folios.acquireWrite(direct, true, 7 * BLOCK, BLOCK)).isFalse();
        folios.release(buffered, -1, false);
        assertThat(direct.granted).isTrue();
        // It may zero the rest of a block, through the page cache.
        TestRange cut = new TestRange("cut");
        assertThat(folios.acquireFrom(cut, 9 * BLOCK + 1)).isFalse();
        folios.release(before, -1, false);
        TestRange part = new TestRange("in front of the cut");
        assertThat(folios.acquireWrite(part, false, 0, 10)).isTrue();
    }

    @Test
    void aDirectWritePastAnUnevenEndIsADirectOneToBufferedWrites() {
        InodeState folios = new InodeState(BLOCK, 4 * BLOCK, 5 * BLOCK + 1, new DeviceState());
        TestRange past = new TestRange("past the end");
        assertThat(folios.acquireWrite(past, true, 9 * BLOCK, BLOCK)).isTrue();
        TestRange buffered = new TestRange("in front of the end, in its folio");
        assertThat(folios.acquireWrite(buffered, false, 4 * BLOCK, 1)).isFalse();
        assertThat(folios.acquireWrite(new TestRange("elsewhere"), false, 0, 1)).isTrue();
        folios.release(past, -1, false);
        assertThat(buffered.granted).isTrue();
    }

    @Test
    void truncatingExcludesEveryWriteFromTheNewEndOnAndNoneBeforeIt() {
        TestRange before = direct("before", 9 * BLOCK, BLOCK);
        TestRange cut = from("cut", 10 * BLOCK + 5);
        assertThat(cut.granted).isTrue();
        assertThat(buffered("in front", 0, 9 * BLOCK).granted).isTrue();
        TestRange same = direct("same block", 10 * BLOCK, BLOCK);
        TestRange far = buffered("far", 1000 * BLOCK, 1);
        assertThat(same.granted).isFalse();
        assertThat(far.granted).isFalse();
        release(before);
        release(cut);
        assertThat(same.granted).isTrue();
        // It would zero the rest of the block that the other one writes.
        assertThat(far.granted).isFalse();
        release(same);
        assertThat(far.granted).isTrue();
    }

    @Test
    void growingByTruncateStartsWhereTheFileEnds() {
        InodeState odd = new InodeState(BLOCK, 5 * BLOCK + 1);
        TestRange tail = new TestRange("tail");
        assertThat(odd.acquireWrite(tail, false, 5 * BLOCK, 1)).isTrue();
        TestRange grow = new TestRange("grow");
        assertThat(odd.acquireFrom(grow, 1000 * BLOCK)).isFalse();
        odd.release(tail, -1, false);
        assertThat(grow.granted).isTrue();
    }

    @Test
    void waitingIsInOrderOfArrivalSoThatNobodyStarves() {
        TestRange first = direct("first", 0, BLOCK);
        TestRange other = buffered("other kind", 0, 10);
        TestRange late = direct("late", 0, BLOCK);
        assertThat(first.granted).isTrue();
        assertThat(other.granted).isFalse();
        assertThat(late.granted).as("must not overtake the one that waits").isFalse();
        assertThat(direct("elsewhere", BLOCK, BLOCK).granted).isTrue();
        release(first);
        assertThat(other.granted).isTrue();
        assertThat(late.granted).isFalse();
        release(other);
        assertThat(late.granted).isTrue();
    }

    @Test
    void allThatFitTogetherAreGrantedAtOnce() {
        TestRange first = buffered("first", 0, 10);
        List<TestRange> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(direct("waiting " + i, 0, BLOCK));
        }
        release(first);
        assertThat(waiting).allMatch(range -> range.granted);
    }

    @Test
    void aDirectWritePastAnUnevenEndTakesTheLastBlockForItselfAlone() {
        InodeState odd = new InodeState(BLOCK, BLOCK + 100);
        TestRange far = new TestRange("far");
        assertThat(odd.acquireWrite(far, true, 10 * BLOCK, BLOCK)).isTrue();
        for (boolean direct : new boolean[] {true, false}) {
            TestRange last = new TestRange("last block");
            assertThat(odd.acquireWrite(last, direct, BLOCK, BLOCK)).isFalse();
        }
        assertThat(odd.acquireWrite(new TestRange("before"), true, 0, BLOCK)).isTrue();
        TestRange behind = new TestRange("behind");
        assertThat(odd.acquireWrite(behind, true, 20 * BLOCK, BLOCK)).isFalse();
    }

    @Test
    void onceTheFileEndsOnABlockWritesPastTheEndRunTogether() {
        InodeState odd = new InodeState(BLOCK, BLOCK + 100);
        TestRange first = new TestRange("first");
        assertThat(odd.acquireWrite(first, true, 10 * BLOCK, BLOCK)).isTrue();
        odd.release(first, 11 * BLOCK, false);
        for (int i = 20; i < 30; i++) {
            TestRange next = new TestRange("next");
            assertThat(odd.acquireWrite(next, true, (long) i * BLOCK, BLOCK)).isTrue();
        }
    }

    @Test
    void aBufferedWritePastAnUnevenEndKeepsDirectOnesOutOfTheLastBlock() {
        InodeState odd = new InodeState(BLOCK, BLOCK + 100);
        TestRange far = new TestRange("far");
        assertThat(odd.acquireWrite(far, false, 10 * BLOCK, 1)).isTrue();
        assertThat(odd.acquireWrite(new TestRange("direct"), true, BLOCK, BLOCK)).isFalse();
        assertThat(odd.acquireWrite(new TestRange("first"), true, 0, BLOCK)).isTrue();
    }

    @Test
    void whereTheFileEndsOnABlockAWritePastItTakesOnlyItsOwn() {
        TestRange far = direct("far", 200 * BLOCK, BLOCK);
        assertThat(far.granted).isTrue();
        assertThat(buffered("last block", SIZE - 10, 10).granted).isTrue();
        assertThat(direct("behind", 150 * BLOCK, BLOCK).granted).isTrue();
    }

    @Test
    void aTruncateTellsTheNewSizeAlsoWhenItIsLess() {
        TestRange cut = from("cut", 50);
        inode.release(cut, 50, true);
        TestRange far = direct("far", 10 * BLOCK, BLOCK);
        assertThat(far.granted).isTrue();
        assertThat(buffered("first block", 0, 10).granted).isFalse();
    }

    @Test
    void aSizeThatAnotherOpenSawOnlyEverLowersWhatIsKnown() {
        inode.seenSize(SIZE + 17);
        assertThat(direct("far", 200 * BLOCK, BLOCK).granted).isTrue();
        assertThat(buffered("last block", SIZE - 1, 1).granted).isTrue();
        inode.seenSize(10);
        TestRange far = direct("another", 300 * BLOCK, BLOCK);
        assertThat(far.granted).as("it takes the first block too, beside others").isFalse();
    }

    @Test
    void aGrantMayReleaseAtOnce() {
        TestRange first = direct("first", 0, BLOCK);
        List<TestRange> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TestRange[] self = new TestRange[1];
            self[0] =
                    new TestRange(
                            "waiting " + i,
                            () -> {
                                order.add(self[0]);
                                release(self[0]);
                            });
            assertThat(inode.acquireWrite(self[0], i % 2 == 1, 0, BLOCK)).isFalse();
        }
        release(first);
        assertThat(order)
                .extracting(range -> range.name)
                .containsExactly("waiting 0", "waiting 1", "waiting 2", "waiting 3", "waiting 4");
        assertThat(direct("after", 0, BLOCK).granted).isTrue();
    }

    @Test
    void theLargestPositionsDoNotOverflow() {
        TestRange end = buffered("end", Long.MAX_VALUE - 10, 10);
        assertThat(end.granted).isTrue();
        assertThat(buffered("again", Long.MAX_VALUE - 100, 10).granted).isTrue();
        assertThat(from("cut", Long.MAX_VALUE - 5000).granted).isFalse();
    }

    @Test
    void writesIssuedDuringATruncateTakeItsEndForTheEndOfTheFile() {
        TestRange truncate = from("truncate", 5000);
        TestRange beyond = direct("beyond the new end", 20 * BLOCK, BLOCK);
        TestRange atTheEnd = direct("in the block of the new end", BLOCK, BLOCK);
        assertThat(beyond.granted).isFalse();
        assertThat(atTheEnd.granted).isFalse();
        inode.release(truncate, 5000, true);
        // Writing beyond the end zeroes the rest of the end's block, through the page cache.
        assertThat(beyond.granted).isTrue();
        assertThat(atTheEnd.granted).isFalse();
        release(beyond);
        assertThat(atTheEnd.granted).isTrue();
    }
}
