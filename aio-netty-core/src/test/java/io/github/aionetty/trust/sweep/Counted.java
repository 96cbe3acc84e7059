// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it is completed. */
final class Counted<T> extends DefaultPromise<T> {
    private final AtomicInteger times = new AtomicInteger();

    Counted(EventExecutor executor) {
        super(executor);
    }

    int times() {
        return times.get();
    }

    /** Who cancels knows of it already: what comes of the operation later changes nothing. */
    boolean isCompletedOnce() {
        return isCancelled() ? times.get() <= 1 : times.get() == 1;
    }

    @Override
    public boolean trySuccess(T result) {
        times.incrementAndGet();
        return super.trySuccess(result);
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        times.incrementAndGet();
        return super.tryFailure(cause);
    }

    @Override
    public Promise<T> setSuccess(T result) {
        times.incrementAndGet();
        return super.setSuccess(result);
    }

    @Override
    public Promise<T> setFailure(Throwable cause) {
        times.incrementAndGet();
        return super.setFailure(cause);
    }
}
