// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link WarmExtents} against a plain set of windows. */
@Timeout(30)
class WarmExtentsTest {
    private static final long WINDOW = 1L << MappedBlocks.WINDOW_SHIFT;
    private static final long GIGABYTE = 64 * WINDOW;

    /** Beyond this many no window is noted. */
    private static final long MOST_WINDOWS = 1 << 20;

    private final DeviceState device = new DeviceState();
    private final WarmExtents warm = new WarmExtents(device);

    private void load(long from, long to) {
        warm.add(from, to, device.generation());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void saysExactlyWhatIsLoaded(long seed) {
        Random random = new Random(seed);
        BitSet model = new BitSet();
        int windows = 400;
        for (int step = 0; step < 5000; step++) {
            int from = random.nextInt(windows);
            int length = random.nextInt(random.nextBoolean() ? 3 : 150);
            switch (random.nextInt(40)) {
                case 0 -> {
                    warm.forget();
                    model.clear();
                }
                case 1 -> {
                    device.extentsForgotten();
                    model.clear();
                }
                default -> {
                    // A load ends within a window where the file ends there.
                    long end = (from + length) * WINDOW - (length == 0 ? 0 : random.nextInt(4096));
                    load(from * WINDOW, end);
                    model.set(from, from + length);
                }
            }
            long at = random.nextLong(windows * WINDOW);
            long end = at + random.nextLong(1, 5 * WINDOW);
            int last = (int) ((end - 1) / WINDOW);
            assertThat(warm.covers(at, end))
                    .as("step=%s: %s to %s", step, at, end)
                    .isEqualTo(model.nextClearBit((int) (at / WINDOW)) > last);
        }
    }

    @Test
    void growsBeyondTheFirstGigabyteAndKeepsWhatItHas() {
        load(0, WINDOW);
        load(GIGABYTE - WINDOW, GIGABYTE + WINDOW);
        load(900 * GIGABYTE, 900 * GIGABYTE + WINDOW);
        load(3 * GIGABYTE, 4 * GIGABYTE);
        assertThat(warm.covers(0, WINDOW)).isTrue();
        assertThat(warm.covers(WINDOW, WINDOW + 1)).isFalse();
        assertThat(warm.covers(GIGABYTE - WINDOW, GIGABYTE + WINDOW)).isTrue();
        assertThat(warm.covers(GIGABYTE, GIGABYTE + WINDOW + 1)).isFalse();
        assertThat(warm.covers(3 * GIGABYTE, 4 * GIGABYTE)).isTrue();
        assertThat(warm.covers(4 * GIGABYTE, 4 * GIGABYTE + 1)).isFalse();
        assertThat(warm.covers(900 * GIGABYTE, 900 * GIGABYTE + WINDOW)).isTrue();
    }

    @Test
    void beyondItsLastWindowNothingCountsAsLoaded() {
        long limit = MOST_WINDOWS * WINDOW;
        load(limit - WINDOW, Long.MAX_VALUE);
        assertThat(warm.covers(limit - WINDOW, limit)).isTrue();
        assertThat(warm.covers(limit - 1, limit + 1)).isFalse();
        assertThat(warm.covers(limit, limit + 1)).isFalse();
        load(limit, limit + WINDOW);
        assertThat(warm.covers(limit, limit + 1)).isFalse();
        assertThat(warm.covers(Long.MAX_VALUE - 10, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void windowsBeginAndEndOnTheirUnit() {
        assertThat(WarmExtents.floor(WINDOW - 1)).isZero();
        assertThat(WarmExtents.floor(WINDOW)).isEqualTo(WINDOW);
        assertThat(WarmExtents.ceil(0)).isZero();
        assertThat(WarmExtents.ceil(1)).isEqualTo(WINDOW);
        assertThat(WarmExtents.ceil(WINDOW)).isEqualTo(WINDOW);
        assertThat(WarmExtents.ceil(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatTheDeviceForgetsAllItsFilesForget() {
        WarmExtents other = new WarmExtents(device);
        load(0, WINDOW);
        other.add(0, WINDOW, device.generation());
        device.extentsForgotten();
        assertThat(warm.covers(0, 1)).isFalse();
        assertThat(other.covers(0, 1)).isFalse();
        load(WINDOW, 2 * WINDOW);
        assertThat(warm.covers(WINDOW, WINDOW + 1)).isTrue();
        assertThat(warm.covers(0, 1)).as("loaded before").isFalse();
        assertThat(other.covers(0, 1)).isFalse();
    }

    @Test
    void aLoadThatBeganBeforeTheDeviceForgotIsWorthNothing() {
        int before = device.generation();
        device.extentsForgotten();
        warm.add(0, WINDOW, before);
        assertThat(warm.covers(0, 1)).isFalse();
        load(0, WINDOW);
        assertThat(warm.covers(0, 1)).isTrue();
    }

    @Test
    void aFileOpenedAfterwardsStartsWithNothing() {
        device.extentsForgotten();
        WarmExtents fresh = new WarmExtents(device);
        assertThat(fresh.covers(0, 1)).isFalse();
        fresh.add(0, WINDOW, device.generation());
        assertThat(fresh.covers(0, 1)).isTrue();
    }
}
