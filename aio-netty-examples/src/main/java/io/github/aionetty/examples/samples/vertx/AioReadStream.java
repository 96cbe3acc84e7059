// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.vertx;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFlow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.Flow;

/**
 * A range of a file as a Vert.x stream, on the context that it was made for. As an {@code
 * AsyncFile} it flows as soon as it has a handler.
 *
 * <p>{@link #pipeTo} copies nothing. Handlers get copies, for Vert.x leaves buffers to the garbage
 * collector, which knows nothing of Netty's reference counts.
 */
public final class AioReadStream implements ReadStream<Buffer>, Flow.Subscriber<ByteBuf> {
    private final ContextInternal context;
    private final Flow.Publisher<ByteBuf> bytes;
    private boolean piped;
    private Flow.Subscription subscription;
    private ByteBuf parked;
    private long demand = Long.MAX_VALUE;
    private boolean completed;
    private boolean over;
    private Throwable failure;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;

    /**
     * Reads nothing yet.
     *
     * @param context an event-loop context, on whose loop {@code file} completes
     * @param file left open
     * @param offset of the first byte
     * @param length how many bytes
     */
    public AioReadStream(ContextInternal context, AioFile file, long offset, long length) {
        // A worker's handlers would run beside the file's loop rather than on it.
        if (!context.isEventLoopContext()
                || context.nettyEventLoop() != file.context().eventLoop()) {
            throw new IllegalArgumentException("not the context of the file's loop: " + context);
        }
        this.context = context;
        this.bytes = AioFlow.publisher(file, offset, length);
    }

    /**
     * Writes everything to {@code destination} and ends it, without a copy: a buffer is lent to it
     * until its write has completed. When reading fails, {@code destination} is not ended, as any
     * other pipe would do: half of a file would look like a whole one.
     */
    @Override
    public Future<Void> pipeTo(WriteStream<Buffer> destination) {
        checkThread();
        piped = true;
        return ReadStream.super.pipeTo(new LendingStream(destination, this));
    }

    /** Why reading has failed; {@code null} where it has not. */
    Throwable failure() {
        return failure;
    }

    @Override
    public AioReadStream handler(Handler<Buffer> handler) {
        checkThread();
        this.handler = handler;
        if (handler == null) {
            stop();
        } else if (subscription == null && !over) {
            bytes.subscribe(this);
        }
        return this;
    }

    @Override
    public AioReadStream endHandler(Handler<Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public AioReadStream exceptionHandler(Handler<Throwable> handler) {
        exceptionHandler = handler;
        return this;
    }

    @Override
    public AioReadStream pause() {
        checkThread();
        demand = 0;
        return this;
    }

    @Override
    public AioReadStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public AioReadStream fetch(long amount) {
        checkThread();
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        deliver();
        return this;
    }

    /** One buffer at a time: how many are read ahead of it is the publisher's business. */
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (over) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(ByteBuf read) {
        if (over) {
            read.release();
        } else {
            parked = read;
            deliver();
        }
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        stop();
        if (exceptionHandler != null) {
            context.emit(cause, exceptionHandler);
        }
    }

    @Override
    public void onComplete() {
        completed = true;
        deliver();
    }

    private void deliver() {
        if (demand == 0 || over) {
            return;
        }
        if (parked != null) {
            ByteBuf read = parked;
            parked = null;
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            context.emit(piped ? lent(read) : copied(read), handler);
            if (!completed && !over) {
                subscription.request(1);
            }
        }
        if (completed && parked == null && demand > 0 && !over) {
            over = true;
            if (endHandler != null) {
                context.emit(null, endHandler);
            }
        }
    }

    private void stop() {
        if (over) {
            return;
        }
        over = true;
        if (subscription != null) {
            subscription.cancel();
        }
        if (parked != null) {
            parked.release();
            parked = null;
        }
    }

    /** The first byte of a Vert.x buffer is the first of its memory, whatever the reader index. */
    private static Buffer lent(ByteBuf read) {
        return BufferInternal.buffer(read.slice());
    }

    /** Vert.x' own safeBuffer copies those of Netty's allocators, and no others. */
    private static Buffer copied(ByteBuf read) {
        try {
            return BufferInternal.buffer(Unpooled.buffer(read.readableBytes()).writeBytes(read));
        } finally {
            read.release();
        }
    }

    private void checkThread() {
        if (!context.nettyEventLoop().inEventLoop()) {
            throw new IllegalStateException("not on the stream's event loop");
        }
    }
}
