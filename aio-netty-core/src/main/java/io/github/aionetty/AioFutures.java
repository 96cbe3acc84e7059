// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.FutureStage;
import io.github.aionetty.internal.ParkedThread;
import io.github.aionetty.internal.Unwanted;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The futures of this library as {@link CompletableFuture}, and for threads that wait: virtual
 * threads park here without holding their carrier.
 *
 * <p>A result that nobody can take any more never leaks: where the wait has ended, or the {@link
 * CompletableFuture} has been completed otherwise, a {@link io.netty.buffer.ByteBuf} is released
 * when it comes, and an {@link AioFile} closed. So give each future to one of these methods only,
 * and once.
 */
public final class AioFutures {
    private AioFutures() {}

    /**
     * A future as the JDK has them. What depends on it runs on the loop that completes it, unless
     * it is one of the {@code …Async} methods, and must not block there; where it is done already,
     * on the calling thread.
     *
     * <p>Completing it otherwise, by {@link CompletableFuture#cancel} or {@link
     * CompletableFuture#orTimeout} above all, cancels an operation that is still queued. One that
     * was submitted goes on, and its result is released. This is so for what is returned here;
     * cancelling what {@code thenApply} and the like made of it reaches neither the operation nor
     * its result.
     *
     * @param <T> the result
     * @param future of any operation
     * @return completes with the same result or failure
     */
    public static <T> CompletableFuture<T> toCompletableFuture(Future<T> future) {
        return FutureStage.of(Objects.requireNonNull(future, "future"));
    }

    /**
     * Waits for the result. An interrupt ends the wait, and so does any exception but the
     * operation's own: an operation that is still queued is cancelled then, and one that was
     * submitted goes on. A write may happen all the same, and a buffer that is being read into must
     * not be touched before the future is done.
     *
     * @param <T> the result
     * @param future of any operation
     * @return the result; the caller releases a buffer
     * @throws java.io.InterruptedIOException if the thread is interrupted, which it then still is;
     *     the file stays open
     * @throws IOException what the operation has failed with
     * @throws io.netty.util.concurrent.BlockingOperationException on an event loop, where the
     *     future is not done
     * @throws java.util.concurrent.CancellationException if somebody has cancelled the future
     */
    public static <T> T await(Future<T> future) throws IOException {
        // For three centuries.
        isDone(future, Long.MAX_VALUE);
        return result(future);
    }

    /**
     * As {@link #await(Future)}, for so long. A time-out ends the wait as an interrupt does.
     *
     * @param <T> the result
     * @param future of any operation
     * @param timeout how long; 0 or less does not wait
     * @param unit of {@code timeout}
     * @return the result; the caller releases a buffer
     * @throws TimeoutException if it is not done by then
     * @throws IOException as {@link #await(Future)}
     */
    public static <T> T await(Future<T> future, long timeout, TimeUnit unit)
            throws IOException, TimeoutException {
        if (!isDone(future, unit.toNanos(timeout))) {
            throw new TimeoutException("not done after " + timeout + " " + unit + ": " + future);
        }
        return result(future);
    }

    private static <T> boolean isDone(Future<T> future, long nanos) throws IOException {
        boolean done = false;
        try {
            done = ParkedThread.await(future, nanos);
            return done;
        } finally {
            if (!done) {
                Unwanted.giveUp(future);
            }
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        Throwable failure = future.cause();
        if (failure == null) {
            return future.getNow();
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw new IOException(failure);
    }
}
