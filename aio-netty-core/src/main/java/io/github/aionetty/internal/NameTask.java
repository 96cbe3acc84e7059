// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioClosedException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

/** A blocking call on names, by a helper, whose result completes a promise on a loop. */
class NameTask<T> implements Runnable {
    /** The blocking call. */
    interface Call<T> {
        T run() throws IOException;
    }

    private final EventLoop loop;
    private final Promise<T> promise;
    private final Call<T> call;
    private final Runnable over;
    private T value;
    private Throwable failure;

    NameTask(EventLoop loop, Promise<T> promise, Call<T> call) {
        this(loop, promise, call, () -> {});
    }

    /**
     * For what has to be told.
     *
     * @param over runs once, whatever comes of it
     */
    NameTask(EventLoop loop, Promise<T> promise, Call<T> call, Runnable over) {
        this.loop = loop;
        this.promise = promise;
        this.call = call;
        this.over = over;
    }

    /** Nobody takes the value. */
    void discard(T unused) {}

    /** Whether success means nothing once the loop is gone. */
    boolean endsWithLoop() {
        return false;
    }

    final Promise<T> start(HelperLane lane, Long device) {
        try {
            if (Routing.OFF) {
                loop.execute(this);
            } else {
                lane.execute(device, this);
            }
        } catch (RejectedExecutionException e) {
            promise.tryFailure(e);
            over.run();
        }
        return promise;
    }

    @Override
    public final void run() {
        if (!promise.setUncancellable()) {
            over.run();
            return;
        }
        try {
            value = call.run();
        } catch (Throwable t) {
            failure = t;
        }
        MustRun.on(loop, this::complete, this::ended);
    }

    private void ended() {
        if (failure == null && endsWithLoop()) {
            discard(value);
            failure = new AioClosedException("loop=" + loop + " has ended");
        }
        complete();
    }

    private void complete() {
        try {
            if (failure != null) {
                promise.tryFailure(failure);
            } else if (!promise.trySuccess(value)) {
                discard(value);
            }
        } finally {
            over.run();
        }
    }
}
