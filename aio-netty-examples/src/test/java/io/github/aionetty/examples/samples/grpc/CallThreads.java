// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which thread each call came on, and on which its messages went out. */
final class CallThreads implements ServerInterceptor {
    /** One thread that a call was on. */
    record Use(long call, Thread thread) {}

    final Set<Use> called = ConcurrentHashMap.newKeySet();
    final Set<Use> sent = ConcurrentHashMap.newKeySet();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        long id = System.identityHashCode(call);
        ServerCall<Q, A> watched =
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void sendMessage(A message) {
                        sent.add(new Use(id, Thread.currentThread()));
                        super.sendMessage(message);
                    }
                };
        return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
            @Override
            public void onHalfClose() {
                called.add(new Use(id, Thread.currentThread()));
                super.onHalfClose();
            }
        };
    }
}
