// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.netty.channel.EventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees how long an event loop stands still: a thread of its own posts to the loop again and again,
 * and measures how long each post waits until it runs. At most one is waiting, so that the posts
 * themselves are no load.
 */
final class Heartbeat implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    private final EventLoop loop;
    private final Runnable beat = this::beat;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean waiting;

    /** Handed over with the post. */
    private long posted;

    /** Confined to the loop. */
    private long longest;

    /** Begins to post; waits until it does. Not on the loop. */
    Heartbeat(EventLoop loop) throws InterruptedException {
        this.loop = loop;
        Thread thread = new Thread(this::run, "heartbeat");
        thread.setDaemon(true);
        thread.start();
        begun.await();
    }

    private void run() {
        Priority.raise();
        while (!closed) {
            waiting = true;
            posted = System.nanoTime();
            if (loop.isShuttingDown()) {
                return;
            }
            loop.execute(beat);
            do {
                LockSupport.parkNanos(PAUSE);
            } while (waiting && !closed);
        }
    }

    private void beat() {
        longest = Math.max(longest, System.nanoTime() - posted);
        waiting = false;
        begun.countDown();
    }

    /** Begins a window; waits until the loop has taken notice. Not on the loop. */
    void begin() throws InterruptedException {
        loop.submit(() -> longest = 0).sync();
    }

    /**
     * Ends the window. Not on the loop.
     *
     * @return the longest that a post had to wait since {@link #begin}, in nanoseconds
     */
    long end() throws InterruptedException {
        // This task is a post like the others: what stands in its way counts.
        long started = System.nanoTime();
        return loop.submit(() -> Math.max(longest, System.nanoTime() - started)).sync().getNow();
    }

    @Override
    public void close() {
        closed = true;
    }
}
