// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gate from several threads at once, each in the part of a loop: no overwrite is ever inside
 * beside one that has the inode alone, and nobody waits for ever.
 */
@Timeout(60)
class OverwriteGateStressTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 8;
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    /** Races take two processors: who gives its own away at once misses them. */
    private static final int SPINS = 5000;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final InodeState inode = new InodeState(BLOCK, BLOCKS * BLOCK);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger alone = new AtomicInteger();

    /** How many overwrites have left; how often the inode was asked for, and had, alone. */
    private final AtomicLong passed = new AtomicLong();

    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong had = new AtomicLong();
    private volatile long end;

    private boolean goesOn() {
        return System.nanoTime() - end < 0;
    }

    private static void await(BooleanSupplier done, String what) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (int i = 0; !done.getAsBoolean(); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(what + " waits for ever");
            } else {
                Thread.yield();
            }
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
        long mine = 0;
        try {
            while (goesOn()) {
                if (count.enter()) {
                    meet(inside, alone, "an overwrite");
                    count.exit();
                    passed.incrementAndGet();
                    mine++;
                    if (random.nextInt(4) == 0) {
                        // No later overwrite of this loop wakes up those who wait.
                        long asked = wanted.get();
                        await(() -> had.get() >= asked, "one that wants the inode alone");
                    }
                } else if (random.nextInt(8) == 0) {
                    writeWithRange(random.nextInt(BLOCKS) * BLOCK);
                } else {
                    Thread.yield();
                }
            }
        } finally {
            count.unregister();
        }
        return mine;
    }

    private void writeWithRange(long at) {
        TestRange range = new TestRange("an overwrite that was turned away");
        if (!inode.acquireWrite(range, true, at, BLOCK, true)) {
            await(() -> range.granted, range.name);
        }
        inode.wrote(range, at, BLOCK);
    }

    /** Returns how often the inode was had alone. */
    private long disturb() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long mine = 0;
        while (goesOn()) {
            TestRange range = new TestRange("one that wants the inode alone");
            wanted.incrementAndGet();
            long at = random.nextInt(BLOCKS) * BLOCK;
            boolean buffered = random.nextBoolean();
            boolean granted =
                    buffered
                            ? inode.acquireWrite(range, false, at, 1)
                            : inode.acquireFrom(range, at);
            if (!granted) {
                await(() -> range.granted, range.name);
            }
            meet(alone, inside, buffered ? "a buffered write" : "a resize");
            inode.release(range, -1, false);
            had.incrementAndGet();
            mine++;
            // The next one comes when overwrites pass again, in the middle of them.
            long next = passed.get() + random.nextInt(3);
            await(() -> passed.get() >= next || !goesOn(), "the next");
        }
        return mine;
    }

    /** Each loop of a test is a thread, and so is each one that disturbs them. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2"})
    void noOverwriteIsInsideWhileAnotherHasTheInodeAlone(int loops, int others) throws Exception {
        List<Callable<Long>> parts = new ArrayList<>();
        parts.addAll(Collections.nCopies(loops, this::overwrite));
        parts.addAll(Collections.nCopies(others, this::disturb));
        List<Long> counts = new ArrayList<>();
        end = System.nanoTime() + RUN_NANOS;
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (Future<Long> part : threads.invokeAll(parts)) {
                counts.add(part.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(counts).as("how often each one got its turn").allMatch(count -> count > 10);
        TestRange last = new TestRange("last");
        assertThat(inode.acquireFrom(last, 0)).as("nobody is left").isTrue();
        inode.release(last, -1, false);
        assertThat(inode.gate.register().enter()).isTrue();
    }
}
