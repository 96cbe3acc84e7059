// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioMetrics;
import io.github.aionetty.examples.bench.Meter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** A while of what loops are about. */
final class Measured {
    /** So often it is looked how many operations are in flight. */
    private static final int LOOKS = 20;

    private static final double LONGEST_WARMUP = 1;
    private static final double MICROS = 1e6;

    private final List<AioContext> contexts;

    Measured(List<AioContext> contexts) {
        this.contexts = contexts;
    }

    /** Lets what was started run until it is compiled. */
    static void warmUp(double seconds) throws InterruptedException {
        pause(warmUpSeconds(seconds));
    }

    /** How long code is to run before measurements of that length. */
    static double warmUpSeconds(double seconds) {
        return Math.min(LONGEST_WARMUP, 2 * seconds);
    }

    private static void pause(double seconds) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep((long) (seconds * MICROS));
    }

    /** What an operation costs. */
    Figures over(double seconds) throws InterruptedException {
        long flying = 0;
        // The first time its code is linked, which takes milliseconds.
        count();
        // The meter around the counters: what is counted has been paid for.
        Meter meter = new Meter();
        Count before = count();
        for (int i = 0; i < LOOKS; i++) {
            pause(seconds / LOOKS);
            flying += sum(AioMetrics::inFlight);
        }
        Count after = count();
        Meter.Usage used = meter.read();
        long completed = after.completed - before.completed;
        if (completed == 0) {
            throw new IllegalStateException("nothing completed in " + seconds + " s");
        }
        return Figures.of(used, completed, after.submits - before.submits)
                .put("helper_transfers", (double) (after.helped - before.helped) / completed)
                .put("in_flight", (double) flying / LOOKS);
    }

    /** The counters at one moment, or nearly: they are read in the same order each time. */
    private record Count(long completed, long submits, long helped) {}

    private Count count() {
        return new Count(
                sum(AioMetrics::completed),
                sum(AioMetrics::submits),
                sum(AioMetrics::helperTransfers));
    }

    private long sum(ToLongFunction<AioMetrics> counter) {
        return contexts.stream().map(AioContext::metrics).mapToLong(counter).sum();
    }
}
