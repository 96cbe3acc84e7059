// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link MappedBlocks} against a plain set of blocks. */
@Timeout(60)
class MappedBlocksTest {
    private static final long WINDOW = 1L << MappedBlocks.WINDOW_SHIFT;
    private static final long LIMIT = 1L << 42;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    /** Of the first windows; random histories stay within. */
    private static final int WINDOWS = 6;

    private final BitSet model = new BitSet();

    private static void set(BitSet model, long block, long from, long to, boolean value) {
        long first = value ? (from + block - 1) / block : from / block;
        long last = value ? to / block : (to + block - 1) / block;
        if (first < last) {
            model.set((int) first, (int) last, value);
        }
    }

    private static boolean covers(BitSet model, long block, long from, long to) {
        int end = (int) (to / block);
        return model.nextClearBit((int) (from / block)) >= end;
    }

    /** A position near a window's start, near a block's, or anywhere. */
    private static long position(Random random, long block) {
        long window = random.nextInt(WINDOWS + 1) * WINDOW;
        long at =
                switch (random.nextInt(4)) {
                    case 0 -> window;
                    case 1 -> window + (random.nextInt(5) - 2) * block;
                    case 2 -> random.nextInt((int) (WINDOWS * WINDOW / block)) * block;
                    default -> random.nextLong(WINDOWS * WINDOW);
                };
        return Math.max(0, Math.min(at, WINDOWS * WINDOW));
    }

    @ParameterizedTest
    @CsvSource({"4096, 1", "4096, 2", "4096, 3", "65536, 4", "65536, 5", "65536, 6"})
    void saysExactlyWhatIsKnown(long block, long seed) {
        Random random = new Random(seed);
        MappedBlocks blocks = new MappedBlocks(block);
        for (int step = 0; step < 4000; step++) {
            long one = position(random, block);
            long other = position(random, block);
            long from = Math.min(one, other);
            long to = Math.max(one, other);
            if (random.nextInt(3) == 0) {
                // Short ranges, so that the windows are seldom of one kind.
                to = Math.min(from + random.nextLong(1, 70 * block), WINDOWS * WINDOW);
            }
            if (random.nextInt(5) < 3) {
                blocks.add(from, to);
                set(model, block, from, to, true);
            } else {
                blocks.remove(from, to);
                set(model, block, from, to, false);
            }
            checkAround(blocks, block, from, step);
            checkAround(blocks, block, to, step);
            for (int i = 0; i < 10; i++) {
                checkAnywhere(blocks, block, random, step);
            }
        }
        checkEveryBlock(blocks, block);
    }

    private void checkAround(MappedBlocks blocks, long block, long at, int step) {
        long first = Math.max(0, at / block - 1);
        for (long each = first; each <= first + 2 && each * block < WINDOWS * WINDOW; each++) {
            assertThat(blocks.covers(each * block, (each + 1) * block))
                    .as("step=%s: block %s", step, each)
                    .isEqualTo(model.get((int) each));
        }
    }

    private void checkAnywhere(MappedBlocks blocks, long block, Random random, int step) {
        long one = position(random, block) / block * block;
        long length = random.nextLong(1, random.nextBoolean() ? 4 : 2 * WINDOW / block);
        long end = Math.min(one + length * block, WINDOWS * WINDOW);
        assertThat(blocks.covers(one, end))
                .as("step=%s: %s to %s", step, one, end)
                .isEqualTo(covers(model, block, one, end));
    }

    private void checkEveryBlock(MappedBlocks blocks, long block) {
        for (long at = 0; at < (WINDOWS + 1) * WINDOW; at += block) {
            assertThat(blocks.covers(at, at + block))
                    .as("the block at %s", at)
                    .isEqualTo(model.get((int) (at / block)));
        }
    }

    /** Every window has a hole: each one needs bits of its own. */
    private static int addWithHoles(MappedBlocks blocks, long block, int windows) {
        for (int i = 0; i < windows; i++) {
            long start = i * WINDOW;
            blocks.add(start, start + WINDOW);
            blocks.remove(start + 5 * block, start + 6 * block);
        }
        int known = 0;
        for (int i = 0; i < windows; i++) {
            long start = i * WINDOW;
            assertThat(blocks.covers(start + 5 * block, start + 6 * block)).isFalse();
            known += blocks.covers(start, start + 5 * block) ? 1 : 0;
        }
        return known;
    }

    @ParameterizedTest
    @ValueSource(longs = {4096, 65_536})
    void theWorstPatternTakesNoMoreThanItsShareAndIsForgottenBeyondIt(long block) {
        MappedBlocks blocks = new MappedBlocks(block);
        int most = (int) (MOST_BYTES * 8L / (WINDOW / block));
        int known = addWithHoles(blocks, block, most + 500);
        assertThat(known).isEqualTo(most);
        assertThat(blocks.bitmapBytes()).isEqualTo(MOST_BYTES);
        // Windows that are known as a whole need no bits, also now.
        blocks.add((most + 10) * WINDOW, (most + 13) * WINDOW);
        assertThat(blocks.covers((most + 10) * WINDOW, (most + 13) * WINDOW)).isTrue();
        // What is given back serves others.
        blocks.remove(0, 10 * WINDOW);
        assertThat(blocks.bitmapBytes()).isEqualTo(MOST_BYTES - 10L * WINDOW / block / 8);
        blocks.add((most + 20) * WINDOW, (most + 20) * WINDOW + block);
        assertThat(blocks.covers((most + 20) * WINDOW, (most + 20) * WINDOW + block)).isTrue();
        blocks.remove(0, Long.MAX_VALUE);
        assertThat(blocks.bitmapBytes()).isZero();
    }

    /** Past the cap: it may forget, and never says yes where the model does not. */
    @ParameterizedTest
    @ValueSource(longs = {4096, 65_536})
    void overItsShareItOnlyEverForgets(long block) {
        Random random = new Random(block);
        MappedBlocks blocks = new MappedBlocks(block);
        int most = (int) (MOST_BYTES * 8L / (WINDOW / block));
        for (int i = 0; i < most; i++) {
            blocks.add((WINDOWS + 1L + i) * WINDOW, (WINDOWS + 1L + i) * WINDOW + block);
        }
        int yes = 0;
        for (int step = 0; step < 2000; step++) {
            long one = position(random, block);
            long other = position(random, block);
            boolean adds = random.nextInt(3) != 0;
            long from = Math.min(one, other);
            long to = Math.max(one, other);
            if (adds) {
                blocks.add(from, to);
            } else {
                blocks.remove(from, to);
            }
            set(model, block, from, to, adds);
            if (random.nextInt(10) == 0) {
                // So that some windows of the history get bits, and others do not.
                long given = (WINDOWS + 1L + random.nextInt(most)) * WINDOW;
                blocks.remove(given, given + WINDOW);
            }
            long at = position(random, block) / block * block;
            long end = Math.min(at + random.nextLong(1, 50) * block, WINDOWS * WINDOW);
            if (at < end && blocks.covers(at, end)) {
                yes++;
                assertThat(covers(model, block, at, end)).as("%s to %s", at, end).isTrue();
            }
        }
        assertThat(yes).isPositive();
        assertThat(blocks.bitmapBytes()).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void beyondFourTebibytesNothingIsKnown() {
        MappedBlocks blocks = new MappedBlocks(4096);
        blocks.add(LIMIT - 3 * WINDOW, LIMIT + 3 * WINDOW);
        assertThat(blocks.covers(LIMIT - 3 * WINDOW, LIMIT)).isTrue();
        assertThat(blocks.covers(LIMIT - 4096, LIMIT + 4096)).isFalse();
        assertThat(blocks.covers(LIMIT, LIMIT + 4096)).isFalse();
        blocks.add(LIMIT, LIMIT + 4096);
        assertThat(blocks.covers(LIMIT, LIMIT + 4096)).isFalse();
        blocks.remove(LIMIT - 1, Long.MAX_VALUE);
        assertThat(blocks.covers(LIMIT - 4096, LIMIT)).isFalse();
        assertThat(blocks.covers(LIMIT - 8192, LIMIT - 4096)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {4096, 65_536})
    void theLargestPositionsDoNotOverflow(long block) {
        MappedBlocks blocks = new MappedBlocks(block);
        blocks.add(0, WINDOW);
        long last = Long.MAX_VALUE & -block;
        for (long from = last - 2 * block; from > 0; from += block / 2) {
            blocks.add(from, Long.MAX_VALUE);
            blocks.remove(from, Long.MAX_VALUE);
            assertThat(blocks.covers(from & -block, Long.MAX_VALUE & -block))
                    .isEqualTo((from & -block) == last);
        }
        assertThat(blocks.covers(0, WINDOW)).isTrue();
        blocks.add(0, Long.MAX_VALUE);
        assertThat(blocks.covers(0, LIMIT)).isTrue();
        assertThat(blocks.covers(last - block, last)).isFalse();
        blocks.remove(1, Long.MAX_VALUE);
        assertThat(blocks.covers(0, block)).isFalse();
        assertThat(blocks.covers(LIMIT - block, LIMIT)).isFalse();
    }

    @Test
    void aRangeWithoutAWholeBlockAddsNothingAndRemovesWhatItTouches() {
        MappedBlocks blocks = new MappedBlocks(4096);
        blocks.add(1, 8191);
        assertThat(blocks.covers(0, 4096)).isFalse();
        assertThat(blocks.covers(4096, 8192)).isFalse();
        blocks.add(0, 3 * 4096);
        blocks.remove(4097, 4098);
        assertThat(blocks.covers(0, 4096)).isTrue();
        assertThat(blocks.covers(4096, 8192)).isFalse();
        assertThat(blocks.covers(8192, 3 * 4096)).isTrue();
    }

    @Test
    void everythingIsEverything() {
        MappedBlocks blocks = new MappedBlocks(4096);
        blocks.addEverything();
        assertThat(blocks.covers(0, Long.MAX_VALUE)).isTrue();
    }
}
