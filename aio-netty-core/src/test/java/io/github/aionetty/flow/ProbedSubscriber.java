// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import java.util.concurrent.Flow;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;

/** Tells the TCK what its subscriber gets, and lets it ask and cancel. */
final class ProbedSubscriber<T> implements Flow.Subscriber<T> {
    private final Flow.Subscriber<T> subscriber;
    private final WhiteboxSubscriberProbe<T> probe;
    private boolean subscribed;

    ProbedSubscriber(Flow.Subscriber<T> subscriber, WhiteboxSubscriberProbe<T> probe) {
        this.subscriber = subscriber;
        this.probe = probe;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscriber.onSubscribe(subscription);
        if (!subscribed) {
            subscribed = true;
            probe.registerOnSubscribe(
                    new SubscriberPuppet() {
                        @Override
                        public void triggerRequest(long elements) {
                            subscription.request(elements);
                        }

                        @Override
                        public void signalCancel() {
                            subscription.cancel();
                        }
                    });
        }
    }

    @Override
    public void onNext(T element) {
        subscriber.onNext(element);
        probe.registerOnNext(element);
    }

    @Override
    public void onError(Throwable cause) {
        subscriber.onError(cause);
        probe.registerOnError(cause);
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
        probe.registerOnComplete();
    }
}
