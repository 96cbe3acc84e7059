// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a future by parking. Netty's own waiting holds a monitor, and with it, up to Java 23,
 * the carrier of a virtual thread.
 */
public final class ParkedThread<T> implements FutureListener<T> {
    /** A loop that has ended calls no listener, but the future may be done. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Thread thread = Thread.currentThread();

    private ParkedThread() {}

    /**
     * Whether the calling thread may wait at all.
     *
     * @throws BlockingOperationException on an event loop, whichever it is
     * @throws InterruptedIOException where it has been interrupted before
     */
    public static void check() throws InterruptedIOException {
        EventExecutor executor = ThreadExecutorMap.currentExecutor();
        if (executor instanceof EventLoop) {
            throw new BlockingOperationException(
                    "thread="
                            + Thread.currentThread().getName()
                            + " is an event loop's, which must not wait; add a listener instead");
        }
        checkInterrupt();
    }

    /** The thread stays interrupted: whoever catches this learns it from the thread, too. */
    private static void checkInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted; what has been submitted goes on");
        }
    }

    /**
     * Waits for the end of an operation.
     *
     * @return false if it is not done within that time
     * @throws InterruptedIOException where the thread is interrupted before
     */
    public static <T> boolean await(Future<T> future, long nanos) throws InterruptedIOException {
        if (future.isDone()) {
            return true;
        }
        check();
        long end = System.nanoTime() + nanos;
        future.addListener(new ParkedThread<T>());
        while (!future.isDone()) {
            checkInterrupt();
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(future, Math.min(left, LOOK_NANOS));
        }
        return true;
    }

    @Override
    public void operationComplete(Future<T> done) {
        LockSupport.unpark(thread);
    }
}
