// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;

/**
 * Publishes a range of a file to each subscriber anew.
 *
 * @param file stays open
 * @param range what is published
 */
public record FilePublisher(AioFile file, StreamRange range) implements Flow.Publisher<ByteBuf> {

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
        new FileSubscription(file, range, Arguments.notNull(subscriber, "subscriber")).begin();
    }
}
