// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/** Buffers as strings, for a TCK that keeps what it gets and releases nothing. */
record MappedPublisher(Flow.Publisher<ByteBuf> buffers) implements Flow.Publisher<String> {

    @Override
    public void subscribe(Flow.Subscriber<? super String> subscriber) {
        buffers.subscribe(subscriber == null ? null : new Mapper(subscriber));
    }

    private record Mapper(Flow.Subscriber<? super String> subscriber)
            implements Flow.Subscriber<ByteBuf> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuf bytes) {
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            bytes.release();
            subscriber.onNext(text);
        }

        @Override
        public void onError(Throwable cause) {
            subscriber.onError(cause);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }
}
