// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells whether the loop's thread has slept in a call that took long, or was kept from the CPU: the
 * kernel counts how often a thread goes to sleep, apart from how often the CPU is taken away from
 * it. To ask for the count is a system call, up to half a microsecond, so it is asked for only
 * while there is trouble: for ten minutes after each slow call, and once a turn, for a loop sleeps
 * between its turns. A listener that sleeps within one may be taken for a call that did. Confined
 * to the loop.
 */
final class SleepWatch {
    static final long PERIOD = TimeUnit.MINUTES.toNanos(10);

    /** Also what a kernel says that does not count, as gVisor's: a loop's thread has slept. */
    private static final long NOT_COUNTED = 0;

    private final LongSupplier sleeps;

    /** Apart from the time, since a healthy loop is to look at nothing else. */
    private boolean watching;

    /** The count of this turn's beginning, or of its last slow call, is known. */
    private boolean counted;

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

    /** Just before a call: whether the count was asked for, which has taken a moment. */
    boolean begin(long now) {
        return watching && !counted && count(now);
    }

    private boolean count(long now) {
        watching = now - until < 0;
        before = watching ? sleeps.getAsLong() : NOT_COUNTED;
        counted = watching;
        return watching;
    }

    /** The turn is over: the thread may sleep before its next call. */
    void turnEnds() {
        counted = false;
    }

    /** Just after a call that took long; the next ones are watched. */
    StallVerdict end(long now) {
        long first = before;
        long last = first > NOT_COUNTED ? sleeps.getAsLong() : NOT_COUNTED;
        watching = true;
        until = now + PERIOD;
        before = last;
        if (last <= NOT_COUNTED) {
            return StallVerdict.UNKNOWN;
        }
        return last == first ? StallVerdict.PREEMPTED : StallVerdict.BLOCKED;
    }
}
