// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What all files of one file system share: its journal, and its memory for extent maps. */
final class DeviceState {
    private static final long FIRST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_REST_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** How long a rest is remembered: the kernel commits every five seconds. */
    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Less than this, a thread is often kept from the CPU by others. */
    private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Syncs that are under way: each may commit the journal. */
    final AtomicInteger syncs = new AtomicInteger();

    /** Never lowered again; a race only costs one more helper. */
    private volatile boolean read;

    private volatile boolean written;

    /** Raised when the kernel has been seen to forget: it does so for the whole device. */
    private volatile int generation;

    /** Never lowered again: who does it without the monitor may miss the next rest. */
    private volatile boolean resting;

    private volatile long restUntil;
    private long rest;

    final RequestPool pool;

    DeviceState() {
        this(new RequestPool(RequestQueue.DEFAULT));
    }

    DeviceState(RequestPool pool) {
        this.pool = pool;
    }

    /**
     * Whether a direct read finds what it needs of the file system, for a helper has read. The
     * first asynchronous direct transfer of a mounted file system makes a workqueue for the
     * completions, inside of {@code io_submit} and RWF_NOWAIT or not: that waits for a new kernel
     * thread to run, some milliseconds where the CPUs are busy. Which one needs it, a read or a
     * write, differs by the kernel's version.
     */
    boolean hasRead() {
        return read;
    }

    /** The same for overwrites: what extends a file may be synchronous, and need nothing. */
    boolean hasWritten() {
        return written;
    }

    /** A helper's direct read has succeeded. */
    void readByHelper() {
        read = true;
    }

    /** A helper's direct overwrite has succeeded. */
    void overwrittenByHelper() {
        written = true;
    }

    int generation() {
        return generation;
    }

    /** A read blocked in io_submit: no extent and no page counts as in memory any more. */
    synchronized void extentsForgotten() {
        generation++;
    }

    /**
     * A direct transfer blocked in io_submit: by a commit that nobody here asked for, the kernel's
     * own, every five seconds, or another process's, or since others have filled the device's
     * queue. Direct transfers keep off the loops, longer each time: on a fast device such a thing
     * takes less, and a slow one does not notice a helper. One cause may block several loops: while
     * they rest, another one that was under way says nothing.
     */
    synchronized void blocked(long nanos, long now) {
        if (nanos < BLOCKED_NANOS || rests(now)) {
            return;
        }
        boolean again = rest > 0 && now - restUntil < MEMORY_NANOS;
        rest = again ? Math.min(2 * rest, LONGEST_REST_NANOS) : FIRST_REST_NANOS;
        restUntil = now + rest;
        resting = true;
    }

    /** Whether it has ever been worth a look at the clock. */
    boolean mayRest() {
        return resting;
    }

    /** Whether direct transfers have to keep off the loop for what happened before. */
    boolean rests(long now) {
        return resting && now - restUntil < 0;
    }
}
