// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.vertx;

import io.github.aionetty.AioFileWriter;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FutureListener;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.WriteStream;

/**
 * A file that is written from a Vert.x stream. {@link #end} completes once it is durable at its
 * name; until then there is nothing there.
 *
 * <p>A pipe ends its destination even when its source has failed, and half of an upload would be
 * taken for a whole one: pipe with {@code endOnFailure(false)}, and {@link #abort} then.
 */
public final class AioWriteStream implements WriteStream<Buffer> {
    private final ContextInternal context;
    private final AioFileWriter writer;
    private Handler<Void> drainHandler;

    /**
     * Writes through {@code writer}, from now on alone.
     *
     * @param context gets the events
     * @param writer on the loop of {@code context}
     */
    public AioWriteStream(ContextInternal context, AioFileWriter writer) {
        this.context = context;
        this.writer = writer.onWritable(this::drained);
    }

    private void drained() {
        if (drainHandler != null) {
            context.emit(null, drainHandler);
        }
    }

    /**
     * Completes when the writer has taken {@code data}, which is not to be changed any more. What
     * Vert.x has received is on the heap, and not copied here; other memory belongs to somebody who
     * takes it back at completion.
     */
    @Override
    public Future<Void> write(Buffer data) {
        if (writer.future().isDone() && !writer.future().isSuccess()) {
            return context.failedFuture(writer.future().cause());
        }
        ByteBuf bytes = ((BufferInternal) data).getByteBuf();
        writer.write(bytes.hasArray() ? bytes : bytes.copy());
        return context.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        PromiseInternal<Void> ended = context.promise();
        writer.finish()
                .addListener(
                        (FutureListener<Long>)
                                done -> {
                                    if (done.isSuccess()) {
                                        ended.complete();
                                    } else {
                                        ended.fail(done.cause());
                                    }
                                });
        return ended.future();
    }

    /**
     * Gives up.
     *
     * @return completes when nothing is left of what was written
     */
    public Future<Void> abort() {
        PromiseInternal<Void> aborted = context.promise();
        writer.abort().addListener(aborted);
        return aborted.future();
    }

    @Override
    public boolean writeQueueFull() {
        return !writer.isWritable();
    }

    @Override
    public AioWriteStream drainHandler(Handler<Void> handler) {
        drainHandler = handler;
        return this;
    }

    @Override
    public AioWriteStream exceptionHandler(Handler<Throwable> handler) {
        if (handler != null) {
            writer.future()
                    .addListener(
                            done -> {
                                if (!done.isSuccess()) {
                                    context.emit(done.cause(), handler);
                                }
                            });
        }
        return this;
    }

    /** How much may wait is the writer's to say. */
    @Override
    public AioWriteStream setWriteQueueMaxSize(int maxSize) {
        return this;
    }
}
