// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a release costs where thousands wait: it is paid on the loop. */
@Timeout(60)
class RangeReleaseTest {
    private static final int BLOCK = 4096;
    private static final int RANGES = 4096;
    private static final int MEASURED = 20;

    @Test
    void aReleaseThatNobodyWaitsForDoesNotCompareAllWithAll() {
        InodeState inode = new InodeState(BLOCK, 1L << 50);
        List<TestRange> active = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            TestRange range = new TestRange("direct" + i);
            assertThat(inode.acquireWrite(range, true, (long) BLOCK * i, BLOCK)).isTrue();
            active.add(range);
        }
        List<TestRange> waiting = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            TestRange range = new TestRange("buffered" + i);
            // All of them wait for the last direct write only.
            assertThat(inode.acquireWrite(range, false, (long) BLOCK * (RANGES - 1), 100))
                    .isFalse();
            waiting.add(range);
        }
        List<Long> nanos = new ArrayList<>();
        for (TestRange range : active.subList(0, MEASURED)) {
            long started = System.nanoTime();
            inode.release(range, -1, false);
            nanos.add(System.nanoTime() - started);
        }
        nanos.sort(null);
        long median = TimeUnit.NANOSECONDS.toMicros(nanos.get(MEASURED / 2));
        assertThat(median).as("median µs of a release").isLessThan(5000);
        assertThat(waiting).noneMatch(range -> range.granted);
        inode.release(active.get(RANGES - 1), -1, false);
        assertThat(waiting).allMatch(range -> range.granted);
    }
}
