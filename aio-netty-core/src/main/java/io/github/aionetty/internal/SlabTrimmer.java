// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has pools looked at from time to time while they hold slabs. A slab that is idle at one look is
 * set aside, and unmapped at the next if it was not needed in between.
 *
 * <p>The clock is the JDK's own timer: a task in a loop's calendar would give each of its waits a
 * time limit, and Netty's global executor would keep a JVM from ending whose main thread has.
 */
final class SlabTrimmer {
    private final Iterable<AlignedPool> pools;

    /** Runs a look when it is due; {@code null} if there is to be none. */
    private final Executor later;

    /** A look is due some time. */
    private final AtomicBoolean due = new AtomicBoolean();

    private SlabTrimmer(Iterable<AlignedPool> pools, Executor later) {
        this.pools = pools;
        this.later = later;
    }

    /** Looks at the pools each time that executor runs a task. */
    static SlabTrimmer by(Executor later, Iterable<AlignedPool> pools) {
        return new SlabTrimmer(pools, later);
    }

    /**
     * Looks at the pools after each period.
     *
     * @param millis the period; 0 or less for never
     */
    static SlabTrimmer every(long millis, Iterable<AlignedPool> pools) {
        return new SlabTrimmer(
                pools,
                millis <= 0
                        ? null
                        : CompletableFuture.delayedExecutor(
                                millis, TimeUnit.MILLISECONDS, Runnable::run));
    }

    /** Any thread, after a pool has got a slab: there is something to look at. */
    void start() {
        if (later == null || due.get() || !due.compareAndSet(false, true)) {
            return;
        }
        try {
            later.execute(this::look);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Of threads. Whoever maps the next slab tries again.
            due.set(false);
        }
    }

    /** Goes on as long as there are slabs: where there are none, nothing is left running. */
    private void look() {
        // First, so that a slab mapped from now on sees to a look of its own.
        due.set(false);
        boolean again = false;
        try {
            for (AlignedPool pool : pools) {
                again |= pool.holdsSlabs();
                pool.trimLater();
            }
        } finally {
            if (again) {
                start();
            }
        }
    }
}
