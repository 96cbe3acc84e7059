// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The gate from several threads at once, each in the part of a loop: no overwrite is ever inside
 * beside one that has the inode alone, and nobody waits for ever.
 */
@Timeout(60)
class OverwriteGateStressTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 8;
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final InodeState inode = new InodeState(BLOCK, BLOCKS * BLOCK);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger alone = new AtomicInteger();
    private final long end = System.nanoTime() + RUN_NANOS;

    private static void await(TestRange range) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!range.granted) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(range + " waits for ever");
            }
            Thread.yield();
        }
    }

    /** One is inside, or alone: the other kind must not be there, now or any moment later. */
    private static void meet(AtomicInteger own, AtomicInteger others, String what) {
        own.incrementAndGet();
        int before = others.get();
        for (int i = ThreadLocalRandom.current().nextInt(20); i > 0; i--) {
            Thread.onSpinWait();
        }
        int after = others.get();
        own.decrementAndGet();
        if (before != 0 || after != 0) {
            throw new AssertionError(what + " beside " + before + " and " + after);
        }
    }

    /** Returns how many overwrites have passed. */
    private long overwrite() {
        OverwriteGate.Count count = inode.gate.register();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long passed = 0;
        try {
            while (System.nanoTime() - end < 0) {
                for (int i = 0; i < 50; i++) {
                    if (count.enter()) {
                        meet(inside, alone, "an overwrite");
                        count.exit();
                        passed++;
                    } else if (random.nextInt(8) == 0) {
                        TestRange range = new TestRange("an overwrite that was turned away");
                        long at = random.nextInt(BLOCKS) * BLOCK;
                        if (!inode.acquireWrite(range, true, at, BLOCK, true)) {
                            await(range);
                        }
                        inode.wrote(range, at, BLOCK);
                    }
                }
            }
        } finally {
            count.unregister();
        }
        return passed;
    }

    /** Returns how often the inode was had alone. */
    private long disturb() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long times = 0;
        while (System.nanoTime() - end < 0) {
            TestRange range = new TestRange("one that wants the inode alone");
            long at = random.nextInt(BLOCKS) * BLOCK;
            boolean buffered = random.nextBoolean();
            boolean granted =
                    buffered
                            ? inode.acquireWrite(range, false, at, 1)
                            : inode.acquireFrom(range, at);
            if (!granted) {
                await(range);
            }
            meet(alone, inside, buffered ? "a buffered write" : "a resize");
            inode.release(range, -1, false);
            times++;
        }
        return times;
    }

    @Test
    void noOverwriteIsInsideWhileAnotherHasTheInodeAlone() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Callable<Long>> parts = new ArrayList<>();
            parts.add(this::overwrite);
            parts.add(this::disturb);
            parts.add(this::overwrite);
            parts.add(this::disturb);
            for (Future<Long> part : threads.invokeAll(parts)) {
                assertThat(part.get()).isGreaterThan(5);
            }
        } finally {
            threads.shutdownNow();
        }
        TestRange last = new TestRange("last");
        assertThat(inode.acquireFrom(last, 0)).as("nobody is left").isTrue();
        inode.release(last, -1, false);
        assertThat(inode.gate.register().enter()).isTrue();
    }
}
