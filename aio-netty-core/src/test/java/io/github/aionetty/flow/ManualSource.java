// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes zeros, from the test's thread, for as long as they are asked for. */
final class ManualSource implements Flow.Subscription {
    private final Flow.Subscriber<ByteBuf> subscriber;
    private final AtomicInteger demand = new AtomicInteger();
    volatile boolean cancelled;

    ManualSource(Flow.Subscriber<ByteBuf> subscriber) {
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
    }

    /** Gives what is asked for, up to that many; how many it were. */
    int give(int most, int length) {
        int given = 0;
        while (given < most && demand.get() > 0) {
            demand.decrementAndGet();
            subscriber.onNext(Unpooled.wrappedBuffer(new byte[length]));
            given++;
        }
        return given;
    }

    int demand() {
        return demand.get();
    }

    @Override
    public void request(long n) {
        demand.addAndGet((int) n);
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
