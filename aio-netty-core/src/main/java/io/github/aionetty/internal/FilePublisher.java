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
    private static final Flow.Subscription NONE =
            new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            };

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
        Arguments.notNull(subscriber, "subscriber");
        FileSubscription subscription;
        try {
            subscription = new FileSubscription(file, range, subscriber);
        } catch (IllegalStateException e) {
            // A handle for a loop that could have no context.
            refuse(subscriber, e);
            return;
        }
        subscription.begin();
    }

    /** Nobody is to wait for a signal that cannot come (rule 1.9). */
    static void refuse(Flow.Subscriber<?> subscriber, Throwable cause) {
        subscriber.onSubscribe(NONE);
        subscriber.onError(cause);
    }
}
