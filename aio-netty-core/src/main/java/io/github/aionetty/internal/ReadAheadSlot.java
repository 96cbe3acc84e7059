// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.ImmediateEventExecutor;

/** One read of a {@link ReadAhead}: its promise, and who listens to it. */
final class ReadAheadSlot extends DefaultPromise<ByteBuf> implements FutureListener<ByteBuf> {
    final long from;
    final int length;

    private final ReadAhead stream;
    private final EventExecutor streams;

    /** Of the stream's executor, which hears of the result later than it is there. */
    private boolean arrived;

    private boolean abandoned;

    ReadAheadSlot(ReadAhead stream, EventExecutor streams, long from, int length) {
        super(ImmediateEventExecutor.INSTANCE);
        this.stream = stream;
        this.streams = streams;
        this.from = from;
        this.length = length;
    }

    void begin(AioFile file) {
        addListener(this);
        file.read(from, length, this);
    }

    /** On the file's loop. */
    @Override
    public void operationComplete(Future<ByteBuf> done) {
        if (streams.inEventLoop()) {
            arrive();
        } else {
            // Where the stream's executor has ended nobody else would release it.
            MustRun.on(streams, this::arrive, this::release);
        }
    }

    private void arrive() {
        arrived = true;
        if (abandoned) {
            release();
        } else {
            stream.completed(this);
        }
    }

    /** Whether the result is the stream's. */
    boolean hasArrived() {
        return arrived;
    }

    /** Nobody will take it. */
    void abandon() {
        abandoned = true;
        if (arrived) {
            release();
        } else {
            // If it still waits for its turn; else it is released when it comes.
            cancel(false);
        }
    }

    private void release() {
        if (isSuccess()) {
            getNow().release();
        }
    }
}
