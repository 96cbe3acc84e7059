// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscriber that asks for a few at first, and for so many more with each that comes. */
class Taker implements Flow.Subscriber<ByteBuf> {
    private static final long SECONDS = 30;

    private final long first;
    private final long more;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> end = new CompletableFuture<>();

    /** How many have come. */
    final AtomicInteger count = new AtomicInteger();

    volatile Flow.Subscription subscription;
    volatile Thread signals;

    Taker(long first, long more) {
        this.first = first;
        this.more = more;
    }

    /** All that there is, the end, or its failure. */
    byte[] end() throws Exception {
        return end.get(SECONDS, TimeUnit.SECONDS);
    }

    boolean hasEnded() {
        return end.isDone();
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        subscription = offered;
        signals = Thread.currentThread();
        if (first > 0) {
            offered.request(first);
        }
    }

    @Override
    public void onNext(ByteBuf chunk) {
        byte[] copy = new byte[chunk.readableBytes()];
        chunk.readBytes(copy);
        chunk.release();
        bytes.writeBytes(copy);
        count.incrementAndGet();
        if (more > 0) {
            subscription.request(more);
        }
    }

    @Override
    public void onError(Throwable cause) {
        end.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        end.complete(bytes.toByteArray());
    }
}
