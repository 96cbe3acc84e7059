// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;

/**
 * The life of a stream into a file: opened, written and published, or else discarded, when the open
 * has come back and no write is in flight. Confined to its loop.
 */
final class FileStream implements StreamWriter.Owner {
    private final EventLoop loop;
    private final StreamTarget target;
    private final StreamWriter writer;
    private final long expected;
    private final long maxWaiting;
    private final Runnable roomAgain;

    /** The length, once it is published. */
    private final Promise<Long> promise;

    /** It is published, or nothing is left of it. */
    private final Promise<Void> gone;

    private long accepted;
    private boolean ended;

    /** Too late to fail. */
    private boolean written;

    /** What the stream has failed with. */
    private Throwable failure;

    /** Nobody will call any more. */
    private final FutureListener<Object> loopEnded =
            ended -> fail(new AioClosedException("the event loop ended in the middle of a stream"));

    private boolean openDone;
    private boolean idle;

    FileStream(
            EventLoop loop,
            StreamTarget target,
            long position,
            long expected,
            int maxInFlight,
            long maxWaiting,
            Runnable roomAgain) {
        this.loop = loop;
        this.target = target;
        this.expected = expected;
        this.maxWaiting = maxWaiting;
        this.roomAgain = roomAgain;
        this.writer = new StreamWriter(loop, position, maxInFlight, this);
        this.promise = uncancellable(loop);
        this.gone = uncancellable(loop);
    }

    private static <T> Promise<T> uncancellable(EventLoop loop) {
        Promise<T> promise = new LoopPromise<>(loop);
        promise.setUncancellable();
        return promise;
    }

    /** Any thread. */
    Future<Long> future() {
        return promise;
    }

    /** Any thread. */
    Future<Void> gone() {
        return gone;
    }

    void open() {
        addListener(loop.terminationFuture());
        Promise<AioFile> opened = Continuation.of(loop, this::opened);
        try {
            target.open(opened);
        } catch (Throwable t) {
            opened.tryFailure(t);
        }
    }

    private void opened(Future<AioFile> done) {
        openDone = true;
        if (failure != null) {
            discardIfIdle();
        } else if (done.isSuccess()) {
            writer.begin(done.getNow());
        } else {
            fail(done.cause());
        }
    }

    /** Takes a buffer, which it releases. */
    void write(ByteBuf src) {
        accepted += src.readableBytes();
        if (failure == null && expected >= 0 && accepted > expected) {
            src.release();
            fail(new IOException("more than the length expected: " + accepted + " > " + expected));
            return;
        }
        writer.write(src);
        if (writer.waitingBytes() > maxWaiting) {
            fail(tooMuch(writer.waitingBytes(), maxWaiting));
        }
    }

    static IOException tooMuch(long waiting, long maxWaiting) {
        return new IOException(
                "the disk is behind, and more was written all the same: waiting="
                        + waiting
                        + " > maxWaiting="
                        + maxWaiting
                        + "; wait for onWritable, or raise maxWaiting");
    }

    long waitingBytes() {
        return writer.waitingBytes();
    }

    void finish() {
        if (ended || failure != null) {
            return;
        }
        ended = true;
        if (expected >= 0 && accepted < expected) {
            fail(new EOFException("less than the length expected: " + accepted + " < " + expected));
        } else {
            writer.end();
        }
    }

    /** Does nothing once everything has been written. */
    void fail(Throwable cause) {
        if (failure != null || written) {
            return;
        }
        failure = cause;
        writer.stop();
        // Whoever waits for room is not to wait for ever.
        roomAgain.run();
    }

    @Override
    public void drained() {
        roomAgain.run();
    }

    @Override
    public void failed(Throwable cause) {
        fail(cause);
    }

    @Override
    public void stopped() {
        idle = true;
        discardIfIdle();
    }

    private void discardIfIdle() {
        if (openDone && idle) {
            discard();
        }
    }

    @Override
    public void written() {
        written = true;
        Promise<Void> published =
                Continuation.of(
                        loop,
                        done -> {
                            if (done.isSuccess()) {
                                promise.trySuccess(accepted);
                                over();
                            } else {
                                failure = done.cause();
                                discard();
                            }
                        });
        try {
            target.publish(accepted, published);
        } catch (Throwable t) {
            published.tryFailure(t);
        }
    }

    private void discard() {
        Promise<Void> discarded =
                Continuation.of(
                        loop,
                        done -> {
                            if (!done.isSuccess()) {
                                failure.addSuppressed(done.cause());
                            }
                            promise.tryFailure(failure);
                            over();
                        });
        try {
            target.discard(discarded);
        } catch (Throwable t) {
            discarded.tryFailure(t);
        }
    }

    private void over() {
        removeListener(loop.terminationFuture());
        gone.trySuccess(null);
    }

    @SuppressWarnings("unchecked")
    private <T> void addListener(Future<T> terminated) {
        terminated.addListener((FutureListener<T>) (FutureListener<?>) loopEnded);
    }

    @SuppressWarnings("unchecked")
    private <T> void removeListener(Future<T> terminated) {
        terminated.removeListener((FutureListener<T>) (FutureListener<?>) loopEnded);
    }
}
