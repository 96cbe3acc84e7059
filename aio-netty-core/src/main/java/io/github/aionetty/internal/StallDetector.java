// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.CallTime;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.util.internal.SystemPropertyUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks at the time of the loop's {@code io_submit} calls, and tells of those that took too long:
 * the promise is that there are none. It is the system call's time, taken in C: a garbage
 * collection may hold the thread up on its way back into the JVM. What has blocked is a guess, for
 * a call has several operations; whether it has blocked, or only waited for a busy CPU, {@link
 * SleepWatch} tells. Confined to the loop.
 */
final class StallDetector {
    static final String THRESHOLD_PROPERTY = "io.github.aionetty.stallThresholdMicros";

    /** From how many microseconds on a call is a stall; with 0 or less none is. */
    static final long THRESHOLD_MICROS = SystemPropertyUtil.getLong(THRESHOLD_PROPERTY, 2000);

    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(StallDetector.class);

    private static final boolean FLIGHT_RECORDER = hasFlightRecorder();

    /** How often the count is asked for, where that takes long each time. */
    private static final int TRIES = 3;

    private final long threshold;
    private final LongSupplier clock;
    private final CallTime time;
    private final SleepWatch watch;
    private final Counters counters;
    private final StallLog log;
    private final StallListener listener;

    StallDetector(Syscalls sys, Counters counters, StallListener listener) {
        this(
                TimeUnit.MICROSECONDS.toNanos(THRESHOLD_MICROS),
                System::nanoTime,
                new SleepWatch(sys::voluntarySwitches),
                counters,
                StallLog.INSTANCE,
                listener);
    }

    StallDetector(
            long threshold,
            LongSupplier clock,
            SleepWatch watch,
            Counters counters,
            StallLog log,
            StallListener listener) {
        this.threshold = threshold;
        this.time = new CallTime(threshold);
        this.clock = clock;
        this.watch = watch;
        this.counters = counters;
        this.log = log;
        this.listener = listener;
    }

    private static boolean hasFlightRecorder() {
        try {
            StallEvent.load();
            return true;
        } catch (LinkageError e) {
            // An image without the module jdk.jfr.
            LOGGER.debug("no JFR events", e);
            return false;
        }
    }

    /** The loop's turn is over: it may sleep now. */
    void turnEnds() {
        watch.turnEnds();
    }

    /** Just before the call; what it gives is the call's last argument. */
    long before() {
        if (threshold <= 0) {
            return 0;
        }
        if (watch.isWatching()) {
            count();
        }
        return time.address();
    }

    private void count() {
        for (int tries = 0; tries < TRIES && watch.begin(clock.getAsLong()); tries++) {
            watch.asked(clock.getAsLong());
        }
    }

    /**
     * Just after the call, with what it has dealt with: nothing of it is reaped, so that all is as
     * it was submitted. Never throws, for the caller's books are not up to date.
     */
    void after(Operation[] operations, int from, int count) {
        if (threshold > 0 && time.nanos() >= threshold) {
            try {
                slow(operations, from, count);
            } catch (Throwable t) {
                LOGGER.warn("a stall was not reported", t);
            }
        }
    }

    private void slow(Operation[] operations, int from, int count) {
        long nanos = time.nanos();
        time.clear();
        long now = clock.getAsLong();
        StallVerdict verdict = watch.end(now, time.switches());
        boolean preempted = verdict == StallVerdict.PREEMPTED;
        Operation suspect = suspect(operations, from, count);
        if (preempted) {
            counters.preemptions.increment();
        } else {
            counters.stalls.increment();
            counters.longestStall.raiseTo(nanos);
            listener.stalled(suspect, verdict, nanos);
        }
        Stall stall =
                new Stall(
                        suspect.name(),
                        suspect.open.path,
                        suspect.open.kind.label,
                        preempted ? StallCause.PREEMPTED : StallCause.of(suspect),
                        verdict,
                        suspect.transferPosition,
                        suspect.transferLength,
                        count,
                        nanos,
                        Thread.currentThread().getName());
        if (FLIGHT_RECORDER) {
            StallEvent.emit(stall);
        }
        log.report(stall, now);
    }

    /** The first one of the likeliest kind. */
    static Operation suspect(Operation[] operations, int from, int count) {
        Operation suspect = operations[from];
        for (int i = from + 1; i < from + count; i++) {
            if (StallCause.of(operations[i]).compareTo(StallCause.of(suspect)) < 0) {
                suspect = operations[i];
            }
        }
        return suspect;
    }
}
