// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A subscription that the publisher's thread calls, and the loop of the writer: one call after the
 * other (rule 2.7), where neither thread waits for the other, nor calls from inside of a call.
 */
final class SerialSubscription {
    private final Flow.Subscription subscription;
    private final AtomicLong wanted = new AtomicLong();

    /** Of which the first one makes all. */
    private final AtomicInteger calls = new AtomicInteger();

    private volatile boolean cancelled;
    private volatile boolean ended;

    SerialSubscription(Flow.Subscription subscription) {
        this.subscription = subscription;
    }

    void request(long n) {
        wanted.addAndGet(n);
        call();
    }

    void cancel() {
        cancelled = true;
        call();
    }

    /** The publisher has ended it: nothing is called any more (rules 2.3 and 2.4). */
    void end() {
        ended = true;
    }

    private void call() {
        if (calls.getAndIncrement() > 0) {
            return;
        }
        do {
            long n = wanted.getAndSet(0);
            if (ended) {
                continue;
            }
            if (cancelled) {
                ended = true;
                subscription.cancel();
            } else if (n > 0) {
                subscription.request(n);
            }
        } while (calls.decrementAndGet() > 0);
    }
}
