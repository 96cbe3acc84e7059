// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

/** A blocking call on names, by a helper, whose result completes a promise on a loop. */
final class NameTask<T> implements Runnable {
    /** The blocking call. */
    interface Call<T> {
        T run() throws IOException;
    }

    private final EventLoop loop;
    private final Promise<T> promise;
    private final Call<T> call;
    private T value;
    private Throwable failure;

    NameTask(EventLoop loop, Promise<T> promise, Call<T> call) {
        this.loop = loop;
        this.promise = promise;
        this.call = call;
    }

    Promise<T> start(HelperLane lane, Long device) {
        try {
            if (Routing.OFF) {
                loop.execute(this);
            } else {
                lane.execute(device, this);
            }
        } catch (RejectedExecutionException e) {
            promise.tryFailure(e);
        }
        return promise;
    }

    @Override
    public void run() {
        if (!promise.setUncancellable()) {
            return;
        }
        try {
            value = call.run();
        } catch (Throwable t) {
            failure = t;
        }
        MustRun.on(loop, this::complete, this::complete);
    }

    private void complete() {
        if (failure != null) {
            promise.tryFailure(failure);
        } else {
            promise.trySuccess(value);
        }
    }
}
