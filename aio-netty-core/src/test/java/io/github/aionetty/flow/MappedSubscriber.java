// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/** Strings for a subscriber to buffers. */
record MappedSubscriber(Flow.Subscriber<ByteBuf> buffers) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        buffers.onSubscribe(subscription);
    }

    @Override
    public void onNext(String text) {
        buffers.onNext(
                text == null ? null : Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onError(Throwable cause) {
        buffers.onError(cause);
    }

    @Override
    public void onComplete() {
        buffers.onComplete();
    }
}
