// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is drawn, and what counts. */
class TrafficTest {
    private static final int BLOCKS = 64;
    private final List<Long> looked = new ArrayList<>();
    private IllegalStateException wrong;

    private final Check check =
            new Check() {
                @Override
                public void read(long position, long address) {
                    looked.add(position);
                    if (wrong != null) {
                        throw wrong;
                    }
                }

                @Override
                public void fill(long position, long address) {}

                @Override
                public long finish(Path path) {
                    return 0;
                }
            };

    private Traffic traffic(Workload workload) {
        return new Traffic(workload, check, (long) BLOCKS * workload.blockSize + 1);
    }

    @Test
    void randomPositionsAreWholeBlocksAllOverTheFile() {
        Traffic traffic = traffic(Workload.RR4K_QD32);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 100 * BLOCKS; i++) {
            seen.add(traffic.next(i % Workload.RR4K_QD32.depth));
        }
        assertThat(seen).hasSize(BLOCKS);
        assertThat(seen).allMatch(at -> at >= 0 && at < BLOCKS * 4096 && at % 4096 == 0);
    }

    @Test
    void eachRunDrawsOtherPositions() {
        assertThat(first(100)).isNotEqualTo(first(100));
    }

    private List<Long> first(int count) {
        Traffic traffic = traffic(Workload.RR4K_QD32);
        return Stream.generate(() -> traffic.next(0)).limit(count).toList();
    }

    @Test
    void sequentialOnesFollowEachOtherOverAllSlots() {
        Traffic traffic = traffic(Workload.SR128K_QD8);
        for (int i = 0; i < 2 * BLOCKS; i++) {
            assertThat(traffic.next(i % 8)).isEqualTo((long) i % BLOCKS * (128 << 10));
        }
    }

    @Test
    void onlyWhatIsMeasuredCounts() {
        Traffic traffic = traffic(Workload.RR4K_QD1);
        transfers(traffic, 10);
        assertThat(looked).as("before, each one is looked at").hasSize(10);
        traffic.measure(true);
        transfers(traffic, 122);
        assertThat(looked).hasSize(12);
        traffic.measure(false);
        transfers(traffic, 1);
        assertThat(traffic.latencies().getTotalCount()).isEqualTo(122);
        traffic.stop();
        assertThat(traffic.next(0)).isEqualTo(-1);
        assertThat(traffic.failure()).isNull();
    }

    private static void transfers(Traffic traffic, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(traffic.next(0)).isNotNegative();
            traffic.done(0, 4096, 0);
        }
    }

    @Test
    void aShortTransferEndsAll() {
        Traffic traffic = traffic(Workload.RR4K_QD32);
        traffic.next(3);
        traffic.done(3, -5, 0);
        assertThat(traffic.failure()).hasMessageContaining("result=-5");
        assertThat(traffic.next(4)).isEqualTo(-1);
    }

    @Test
    void wrongBytesEndAll() {
        Traffic traffic = traffic(Workload.RR4K_QD32);
        wrong = new IllegalStateException("wrong");
        traffic.next(3);
        traffic.done(3, 4096, 0);
        assertThat(traffic.failure()).isSameAs(wrong);
        assertThat(traffic.next(4)).isEqualTo(-1);
    }
}
