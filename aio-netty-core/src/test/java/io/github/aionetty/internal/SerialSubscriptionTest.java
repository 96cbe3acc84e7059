// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads call a subscription, and it sees one. */
@Timeout(30)
class SerialSubscriptionTest {
    private static final int THREADS = 4;
    private static final int REQUESTS = 20_000;

    /** Counts what it is asked for, and who is inside at a time. */
    private static class Counting implements Flow.Subscription {
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        volatile long requested;
        volatile int cancels;

        void enter() {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        public void request(long n) {
            enter();
            requested += n;
            inside.decrementAndGet();
        }

        @Override
        public void cancel() {
            enter();
            cancels++;
            inside.decrementAndGet();
        }
    }

    @Test
    void manyThreadsAreOneAndNothingIsLost() {
        Counting counting = new Counting();
        SerialSubscription serial = new SerialSubscription(counting);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int j = 0; j < REQUESTS; j++) {
                                    serial.request(1);
                                }
                            }));
        }
        threads.forEach(CompletableFuture::join);
        assertThat(counting.requested).isEqualTo((long) THREADS * REQUESTS);
        assertThat(counting.most).hasValue(1);
    }

    @Test
    void whatIsAskedForInsideOfACallIsAskedForAfterIt() {
        List<Long> asked = new ArrayList<>();
        SerialSubscription[] serial = new SerialSubscription[1];
        Counting nested =
                new Counting() {
                    @Override
                    public void request(long n) {
                        enter();
                        asked.add(n);
                        if (n < 1000) {
                            serial[0].request(n + 1);
                        }
                        inside.decrementAndGet();
                    }
                };
        serial[0] = new SerialSubscription(nested);
        serial[0].request(1);
        assertThat(asked).hasSize(1000);
        assertThat(nested.most).hasValue(1);
    }

    @Test
    void afterACancelNothingIsAskedForAndAfterTheEndNothingIsCalled() {
        Counting cancelled = new Counting();
        SerialSubscription one = new SerialSubscription(cancelled);
        one.cancel();
        one.cancel();
        one.request(1);
        assertThat(cancelled.cancels).isEqualTo(1);
        assertThat(cancelled.requested).isZero();
        Counting ended = new Counting();
        SerialSubscription other = new SerialSubscription(ended);
        other.end();
        other.request(1);
        other.cancel();
        assertThat(ended.cancels).isZero();
        assertThat(ended.requested).isZero();
    }
}
