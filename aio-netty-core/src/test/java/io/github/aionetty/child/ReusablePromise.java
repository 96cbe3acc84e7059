// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;

/** A promise that its user takes again and again: what a caller of the promise forms would make. */
final class ReusablePromise<V> extends DefaultPromise<V> {
    /** Takes each result. */
    interface Sink<V> {
        void done(V value, Throwable failure);
    }

    private final Sink<V> sink;

    ReusablePromise(EventLoop loop, Sink<V> sink) {
        super(loop);
        this.sink = sink;
    }

    @Override
    public boolean setUncancellable() {
        return true;
    }

    @Override
    public boolean trySuccess(V result) {
        sink.done(result, null);
        return true;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        sink.done(null, cause);
        return true;
    }
}
