// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import bench.RawContender;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/** Draws positions, and measures and checks what came of them. */
final class Traffic implements RawContender.Driver {
    /** While it is measured, one of so many is looked at; before, each. */
    private static final int CHECK_EVERY = 61;

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    /** What one slot is about; on cache lines of its own, for slots may be on many threads. */
    private static final class Slot {
        /** Seeded anew: not each contender in each round is to read the same blocks again. */
        final SplittableRandom random = new SplittableRandom();

        long position;
        long began;
        long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8;
    }

    private final Workload workload;
    private final Check check;
    private final long blocks;
    private final Slot[] slots;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Latencies> all = new ArrayList<>();
    private final ThreadLocal<Latencies> latencies = ThreadLocal.withInitial(Latencies::new);
    private volatile boolean stopped;
    private volatile boolean measuring;

    /** One thread's. */
    private final class Latencies {
        /** Nobody's business, but then the same code runs before it is measured and after. */
        final Histogram before = histogram();

        final Histogram measured = histogram();

        Latencies() {
            synchronized (all) {
                all.add(this);
            }
        }
    }

    Traffic(Workload workload, Check check, long size) {
        this.workload = workload;
        this.check = check;
        blocks = size / workload.blockSize;
        slots = new Slot[workload.depth];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot();
        }
    }

    private static Histogram histogram() {
        return new Histogram(1, LONGEST_NANOS, DIGITS);
    }

    @Override
    public long next(int slot) {
        if (stopped) {
            return -1;
        }
        Slot state = slots[slot];
        long block =
                workload.sequential
                        ? sequence.getAndIncrement() % blocks
                        : state.random.nextLong(blocks);
        state.position = block * workload.blockSize;
        state.began = System.nanoTime();
        return state.position;
    }

    @Override
    public void fill(int slot, long address) {
        check.fill(slots[slot].position, address);
    }

    @Override
    public void done(int slot, int result, long address) {
        Slot state = slots[slot];
        long took = System.nanoTime() - state.began;
        if (result != workload.blockSize) {
            fail(new IllegalStateException("result=" + result + " at " + state.position));
            return;
        }
        boolean counts = measuring;
        Latencies own = latencies.get();
        Histogram histogram = counts ? own.measured : own.before;
        histogram.recordValue(Math.min(Math.max(took, 1), LONGEST_NANOS));
        boolean looked = !counts || histogram.getTotalCount() % CHECK_EVERY == 0;
        if (looked && !workload.write) {
            try {
                check.read(state.position, address);
            } catch (IllegalStateException e) {
                fail(e);
            }
        }
    }

    /** Ends all slots; what came first is the reason. */
    void fail(Throwable reason) {
        failure.compareAndSet(null, reason);
        stopped = true;
    }

    void measure(boolean on) {
        measuring = on;
    }

    void stop() {
        stopped = true;
    }

    /** What went wrong; {@code null} if nothing did. */
    Throwable failure() {
        return failure.get();
    }

    /** The latencies of what was done while it was measured, in nanoseconds; when all is done. */
    Histogram latencies() {
        Histogram sum = histogram();
        synchronized (all) {
            all.forEach(each -> sum.add(each.measured));
        }
        return sum;
    }
}
