// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.WriteStream;

/** The far end of a pipe that copies nothing: takes each buffer back when its write is done. */
final class LendingStream implements WriteStream<Buffer> {
    private final WriteStream<Buffer> destination;
    private final AioReadStream source;

    LendingStream(WriteStream<Buffer> destination, AioReadStream source) {
        this.destination = destination;
        this.source = source;
    }

    @Override
    public Future<Void> write(Buffer lent) {
        Future<Void> written;
        try {
            written = destination.write(lent);
        } catch (RuntimeException e) {
            written = Future.failedFuture(e);
        }
        return written.onComplete(done -> ((BufferInternal) lent).unwrap().release());
    }

    @Override
    public Future<Void> end() {
        Throwable failure = source.failure();
        return failure == null ? destination.end() : Future.failedFuture(failure);
    }

    @Override
    public boolean writeQueueFull() {
        return destination.writeQueueFull();
    }

    @Override
    public LendingStream drainHandler(Handler<Void> handler) {
        destination.drainHandler(handler);
        return this;
    }

    @Override
    public LendingStream exceptionHandler(Handler<Throwable> handler) {
        destination.exceptionHandler(handler);
        return this;
    }

    @Override
    public LendingStream setWriteQueueMaxSize(int maxSize) {
        destination.setWriteQueueMaxSize(maxSize);
        return this;
    }
}
