// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an inode's state knows of the file's blocks, and when it forgets. */
class InodeKnowledgeTest {
    private static final int BLOCK = 4096;
    private static final long SIZE = 10 * BLOCK;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long ALLOCATED = 80;
    private static final long CHANGE = 1_000;

    private final InodeState inode = new InodeState(BLOCK, SIZE);
    private final long start = System.nanoTime() + SECOND;

    @BeforeEach
    void load() {
        // Somebody overwrites by the gate: else nobody would ask what is mapped.
        inode.gate.register();
        inode.seen(ALLOCATED, CHANGE, start);
        inode.mapped(0, SIZE, inode.version());
        inode.warm.add(0, SIZE, inode.device.generation());
    }

    private TestRange acquire(boolean direct, long position, long length) {
        TestRange range = new TestRange("write");
        assertThat(inode.acquireWrite(range, direct, position, length)).isTrue();
        return range;
    }

    private void write(boolean direct, long position, long length) {
        inode.wrote(acquire(direct, position, length), position, length);
    }

    private void checkMapped(long firstBlock, long lastBlock, boolean mapped) {
        for (long block = firstBlock; block <= lastBlock; block++) {
            assertThat(inode.isMapped(block * BLOCK, BLOCK))
                    .as("block %s", block)
                    .isEqualTo(mapped);
        }
    }

    private void checkVoid() {
        checkMapped(0, 9, false);
        assertThat(inode.warm.covers(0, SIZE)).isFalse();
    }

    private void checkKnown() {
        checkMapped(0, 9, true);
        assertThat(inode.warm.covers(0, SIZE)).isTrue();
    }

    @Test
    void whatLiesBeyondTheSizeIsNoOverwrite() {
        inode.mapped(0, 20 * BLOCK, inode.version());
        checkMapped(0, 9, true);
        checkMapped(10, 19, false);
        assertThat(inode.isMapped(9 * BLOCK, 2 * BLOCK)).isFalse();
    }

    @Test
    void aDirectWriteMapsItsBlocksAndMovesTheEnd() {
        write(true, 12 * BLOCK, 2 * BLOCK);
        checkMapped(0, 9, true);
        checkMapped(10, 11, false);
        checkMapped(12, 13, true);
    }

    @Test
    void ofAWriteThatFailedHalfWayTheFirstHalfCounts() {
        TestRange range = acquire(true, 20 * BLOCK, 4 * BLOCK);
        inode.wrote(range, 20 * BLOCK, 2 * BLOCK);
        checkMapped(20, 21, true);
        checkMapped(22, 23, false);
        TestRange nothing = acquire(true, 30 * BLOCK, BLOCK);
        inode.wrote(nothing, 30 * BLOCK, 0);
        checkMapped(30, 30, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50})
    void aBufferedWriteTakesItsPagesOutWhateverItHasWritten(long written) {
        TestRange range = acquire(false, 2 * BLOCK + 5, BLOCK);
        inode.wrote(range, 2 * BLOCK + 5, written);
        checkMapped(0, 1, true);
        checkMapped(2, 3, false);
        checkMapped(4, 9, true);
        write(true, 2 * BLOCK, BLOCK);
        checkMapped(2, 2, true);
    }

    @Test
    void aWritePastAnUnevenEndTakesOutTheBlockThatTheKernelZeroes() {
        InodeState odd = new InodeState(BLOCK, SIZE - 10);
        odd.gate.register();
        odd.mapped(0, SIZE, odd.version());
        TestRange range = new TestRange("far");
        assertThat(odd.acquireWrite(range, true, 20 * BLOCK, BLOCK)).isTrue();
        odd.wrote(range, 20 * BLOCK, BLOCK);
        assertThat(odd.isMapped(8 * BLOCK, BLOCK)).isTrue();
        assertThat(odd.isMapped(9 * BLOCK, BLOCK)).isFalse();
        assertThat(odd.isMapped(20 * BLOCK, BLOCK)).isTrue();
    }

    @Test
    void whatWasLookedUpBeforeBlocksWereLostIsWorthNothing() {
        int before = inode.version();
        inode.unmapped(3 * BLOCK, 4 * BLOCK);
        inode.mapped(0, SIZE, before);
        checkMapped(3, 3, false);
        inode.mapped(0, SIZE, inode.version());
        checkMapped(3, 3, true);
    }

    @Test
    void aLookThatFindsAllAsItWasChangesNothing() {
        int version = inode.version();
        inode.seen(ALLOCATED, CHANGE, start + 100 * SECOND);
        checkKnown();
        assertThat(inode.version()).isEqualTo(version);
    }

    @Test
    void fewerBlocksThanBeforeVoidEverythingWhoeverWrote() {
        inode.touch(start + SECOND);
        inode.seen(ALLOCATED - 8, CHANGE, start + SECOND);
        checkVoid();
    }

    @Test
    void moreBlocksWithoutAChangeVoidNothing() {
        inode.seen(ALLOCATED + 8, CHANGE, start + SECOND);
        checkKnown();
    }

    @Test
    void aChangeWhileNobodyHereWroteVoidsEverything() {
        int before = inode.version();
        inode.seen(ALLOCATED, CHANGE + 1, start + SECOND);
        checkVoid();
        inode.mapped(0, SIZE, before);
        checkMapped(0, 9, false);
    }

    @Test
    void aChangeOfOursVoidsNothingAndTheNextOneOfOthersDoes() {
        long now = start + 10 * SECOND;
        inode.touch(now);
        inode.seen(ALLOCATED, CHANGE + 1, now + SECOND);
        checkKnown();
        // What is still fresh may hide a change, but not for long.
        inode.seen(ALLOCATED, CHANGE + 1, now + 4 * SECOND);
        inode.seen(ALLOCATED, CHANGE + 2, now + 5 * SECOND);
        checkVoid();
    }

    @Test
    void writesAllTheTimeAreNeverTakenForSomebodyElses() {
        long change = CHANGE;
        for (long now = start; now < start + 60 * SECOND; now += SECOND / 10) {
            inode.touch(now);
            change++;
            if (now % 3 == 0) {
                inode.seen(ALLOCATED, change, now + SECOND / 20);
            }
        }
        inode.seen(ALLOCATED, change, start + 100 * SECOND);
        checkKnown();
    }

    @Test
    void aSmallerSizeCutsWhatIsKnown() {
        inode.seenSize(3 * BLOCK + 100);
        checkMapped(0, 2, true);
        checkMapped(3, 9, false);
        TestRange grow = new TestRange("grow");
        assertThat(inode.acquireFrom(grow, SIZE)).isTrue();
        inode.release(grow, SIZE, true);
        checkMapped(0, 2, true);
        checkMapped(3, 9, false);
    }

    @Test
    void aDeviceHasNoHoles() {
        InodeState device = new InodeState(BLOCK, 1L << 45);
        device.allMapped();
        assertThat(device.isMapped(0, 1L << 45)).isTrue();
        assertThat(device.isMapped(1L << 44, (1L << 44) + BLOCK)).isFalse();
    }

    @Test
    void aWriteKeepsTheInodeFreshForTwoSecondsAndIsNotedOnceASecond() {
        assertThat(new InodeState(BLOCK, SIZE).isFresh(System.nanoTime())).isFalse();
        inode.touch(start);
        assertThat(inode.isFresh(start + 2 * SECOND - 1)).isTrue();
        assertThat(inode.isFresh(start + 2 * SECOND)).isFalse();
        inode.touch(start + SECOND);
        assertThat(inode.isFresh(start + 2 * SECOND)).isFalse();
        inode.touch(start + SECOND + 1);
        assertThat(inode.isFresh(start + 3 * SECOND)).isTrue();
        assertThat(inode.isFresh(start + 3 * SECOND + 1)).isFalse();
    }
}
