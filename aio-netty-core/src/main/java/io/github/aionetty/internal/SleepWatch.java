// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells whether the loop's thread has slept in a call that took long, or was kept from the CPU: the
 * kernel counts how often a thread goes to sleep, apart from how often the CPU is taken away from
 * it. To ask for the count is a system call, up to half a microsecond, so it is asked for only
 * while there is trouble: for ten minutes after each slow call, and then before each call, but not
 * again within a tenth of a millisecond of the same turn. A loop sleeps between its turns, and
 * within one when a listener does, or when the JVM holds all threads. Confined to the loop.
 */
final class SleepWatch {
    static final long PERIOD = TimeUnit.MINUTES.toNanos(10);

    /** How long a count is good for. */
    static final long FRESH = TimeUnit.MICROSECONDS.toNanos(100);

    /** How long asking for it may take, on a busy machine. */
    static final long LONG = TimeUnit.MILLISECONDS.toNanos(1);

    /** Also what a kernel says that does not count, as gVisor's: a loop's thread has slept. */
    private static final long NOT_COUNTED = 0;

    private final LongSupplier sleeps;

    /** Apart from the time, since a healthy loop is to look at nothing else. */
    private boolean watching;

    /** The count is known of this turn. */
    private boolean counted;

    private long countedAt;
    private long until;
    private long before = NOT_COUNTED;

    /**
     * Watches nothing yet.
     *
     * @param sleeps how often the calling thread has slept; 0 or less if that is not known
     */
    SleepWatch(LongSupplier sleeps) {
        this.sleeps = sleeps;
    }

    /** Whether {@link #begin} is to be called. */
    boolean isWatching() {
        return watching;
    }

    /** Just before a call, while it is watching: whether the count was asked for. */
    boolean begin(long now) {
        if (counted && now - countedAt < FRESH) {
            return false;
        }
        watching = now - until < 0;
        before = watching ? sleeps.getAsLong() : NOT_COUNTED;
        counted = watching;
        countedAt = now;
        return watching;
    }

    /** Just after the count was asked for: where that took long, the thread may have slept. */
    void asked(long now) {
        if (now - countedAt >= LONG) {
            before = NOT_COUNTED;
            counted = false;
        }
    }

    /** The turn is over: the thread may sleep before its next call. */
    void turnEnds() {
        counted = false;
    }

    /**
     * Just after a call that took long; the next ones are watched.
     *
     * @param after the count as the call ended
     */
    StallVerdict end(long now, long after) {
        long first = before;
        watching = true;
        until = now + PERIOD;
        counted = false;
        if (first <= NOT_COUNTED || after <= NOT_COUNTED) {
            return StallVerdict.UNKNOWN;
        }
        return after == first ? StallVerdict.PREEMPTED : StallVerdict.BLOCKED;
    }
}
