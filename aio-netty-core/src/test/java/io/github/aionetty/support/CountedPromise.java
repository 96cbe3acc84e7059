// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/** Notices who completes it a second time. */
public final class CountedPromise<T> extends DefaultPromise<T> {
    private final Runnable again;

    /** A promise of an executor, with what is to be run if it is completed again. */
    public CountedPromise(EventExecutor executor, Runnable again) {
        super(executor);
        this.again = again;
    }

    private boolean noted(boolean first) {
        // Whose operation the user has cancelled, it may find out late.
        if (!first && !isCancelled()) {
            again.run();
        }
        return first;
    }

    @Override
    public boolean trySuccess(T result) {
        return noted(super.trySuccess(result));
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        return noted(super.tryFailure(cause));
    }

    @Override
    public Promise<T> setSuccess(T result) {
        noted(!isDone());
        return super.setSuccess(result);
    }

    @Override
    public Promise<T> setFailure(Throwable cause) {
        noted(!isDone());
        return super.setFailure(cause);
    }
}
