// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;

/** One read of a {@link ReadAhead}: its promise, and who listens to it. */
final class ReadAheadSlot extends DefaultPromise<ByteBuf> implements FutureListener<ByteBuf> {
    final long from;
    final int length;

    private final ReadAhead stream;

    /** Of the executor, which hears of the result later than it is there. */
    private boolean arrived;

    private boolean abandoned;

    ReadAheadSlot(ReadAhead stream, EventExecutor executor, long from, int length) {
        super(executor);
        this.stream = stream;
        this.from = from;
        this.length = length;
    }

    void begin(AioFile file) {
        addListener(this);
        file.read(from, length, this);
    }

    /** Where the executor has ended, nobody would hear of the buffer: who reads releases it. */
    @Override
    public boolean trySuccess(ByteBuf bytes) {
        return !executor().isTerminated() && super.trySuccess(bytes);
    }

    @Override
    public void operationComplete(Future<ByteBuf> done) {
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
