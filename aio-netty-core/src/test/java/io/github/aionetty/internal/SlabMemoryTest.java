// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.LibAio;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cap on slabs: what it counts, and when. */
@Timeout(30)
class SlabMemoryTest {
    private static final int SLAB = 2 << 20;

    private final SlabMemory memory = new SlabMemory(4 * SLAB);

    @Test
    void aLargeRequestThatIsRefusedTakesNothingFromASmallOne() throws InterruptedException {
        SlabMemory.Slab most = memory.map(3 * SLAB, LibAio.instance());
        AtomicBoolean end = new AtomicBoolean();
        Thread refused =
                new Thread(
                        () -> {
                            while (!end.get()) {
                                memory.map(2 * SLAB, LibAio.instance());
                            }
                        });
        refused.start();
        try {
            for (int i = 0; i < 10_000; i++) {
                SlabMemory.Slab small = memory.map(4096, LibAio.instance());
                assertThat(small).as("try %s", i).isNotNull();
                memory.unmap(small);
            }
        } finally {
            end.set(true);
            refused.join();
        }
        memory.unmap(most);
        assertThat(memory.mapped()).isZero();
    }
}
