// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.PartlyFaked;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cap on slabs: what it counts, and for how long. */
@Timeout(30)
class SlabMemoryTest {
    private static final int SLAB = 2 << 20;
    private static final int MAX_SLABS = 4;

    private final SlabMemory memory = new SlabMemory(MAX_SLABS * SLAB);

    @AfterEach
    void everythingIsUnmappedInTheEnd() {
        assertThat(memory.held()).isZero();
        Awaitility.await().until(() -> memory.mapped() == 0);
    }

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
    }

    @Test
    void whatIsGivenBackCountsUntilItIsUnmapped() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Syscalls slow =
                Intercepted.kernel(
                        (call, arguments) -> {
                            if (!call.equals("munmap")) {
                                return null;
                            }
                            begun.countDown();
                            return Intercepted.hang(go);
                        });
        memory.unmap(memory.map(MAX_SLABS * SLAB, slow));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(memory.mapped()).isEqualTo(memory.max());
        assertThat(memory.used()).isZero();
        go.countDown();
        // Nobody else has any: this waits for the helper, and not in vain.
        SlabMemory.Slab next = memory.map(SLAB, slow);
        assertThat(next).isNotNull();
        assertThat(memory.mapped()).isEqualTo(SLAB);
        memory.unmap(next);
    }

    @Test
    void whereTheCapIsMetNoHelperIsWaitedForThatHasNotBegun() {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 12; i++) {
            HelperLane.METADATA.execute(HelperLane.CHORES, () -> Intercepted.hang(end));
        }
        try {
            for (int i = 0; i < 3; i++) {
                memory.unmap(memory.map(MAX_SLABS * SLAB, LibAio.instance()));
                assertThat(memory.mapped()).as("no helper comes").isEqualTo(memory.max());
            }
            SlabMemory.Slab next = memory.map(SLAB, LibAio.instance());
            assertThat(memory.mapped()).isEqualTo(SLAB);
            memory.unmap(next);
        } finally {
            end.countDown();
        }
    }

    @Test
    void moreIsNeverMappedThanTheCapAllows() throws InterruptedException {
        AtomicLong real = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Syscalls counted =
                PartlyFaked.proxy(
                        (method, arguments) -> {
                            if (method.getName().equals("mmapSlab")) {
                                long now = real.addAndGet((long) arguments[0]);
                                most.accumulateAndGet(now, Math::max);
                            }
                            Object result = method.invoke(LibAio.instance(), arguments);
                            if (method.getName().equals("munmap")) {
                                real.addAndGet(-(long) arguments[1]);
                            }
                            return result;
                        });
        AtomicInteger mappings = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(t);
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = 0; i < 2000; i++) {
                                    int length = 4096 * (1 + random.nextInt(1024));
                                    SlabMemory.Slab slab = memory.map(length, counted);
                                    if (slab != null) {
                                        mappings.incrementAndGet();
                                        memory.unmap(slab);
                                    }
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(mappings.get()).isPositive();
        assertThat(most.get()).isBetween(1L, memory.max());
    }
}
