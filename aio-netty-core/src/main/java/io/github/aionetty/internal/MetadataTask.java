// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Something that blocks and is no transfer: opening, attributes, truncating, closing. A helper
 * performs it, the loop takes up its result.
 */
abstract class MetadataTask<T> extends Task {
    final DefaultAioContext context;

    /** The handle it is for; {@code null} when opening. */
    final DefaultAioFile file;

    private final Promise<T> promise;
    private T value;
    private Throwable failure;

    MetadataTask(DefaultAioContext context, DefaultAioFile file, Promise<T> promise) {
        this.context = context;
        this.file = file;
        this.promise = promise;
    }

    /** The blocking call; on a helper. */
    abstract T perform() throws IOException;

    /** What may hang with it. */
    abstract Long device();

    /** Takes the inode's blocks if it needs any; false if they will be granted later. */
    boolean acquireRange() {
        return true;
    }

    void releaseRange(boolean success) {}

    /** Makes the promise's value of what {@link #perform} gave; on the owner. */
    T accept(T performed) throws IOException {
        return performed;
    }

    /** Nobody takes the value. */
    void discard(T unused) {}

    /** Any thread. */
    final Promise<T> start() {
        if (context.eventLoop().inEventLoop()) {
            begin();
        } else {
            try {
                context.eventLoop().execute(this::begin);
            } catch (RejectedExecutionException e) {
                promise.tryFailure(context.rejection(e));
            }
        }
        return promise;
    }

    /** Any thread: instead of {@link #start}. */
    final Promise<T> refuse(Throwable reason) {
        promise.tryFailure(reason);
        return promise;
    }

    private void begin() {
        Throwable refusal = refusal();
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        context.tasks++;
        if (file != null) {
            file.outstanding++;
        }
        if (!promise.setUncancellable()) {
            failure = new CancellationException();
            finish();
        } else if (acquireRange()) {
            granted();
        }
    }

    /** Why it may not begin; {@code null} if it may. */
    Throwable refusal() {
        return file == null ? context.shutdown.refusal() : file.refusal();
    }

    @Override
    final void granted() {
        if (Routing.OFF) {
            work();
            return;
        }
        try {
            hand(this::work);
        } catch (RejectedExecutionException e) {
            failure = e;
            context.post(this);
        }
    }

    /** Has a helper do it; may be rejected where the lane is full. */
    void hand(Runnable work) {
        HelperLane.METADATA.execute(device(), work);
    }

    private void work() {
        try {
            value = perform();
        } catch (Throwable t) {
            failure = t;
        }
        context.post(this);
    }

    @Override
    final void deliver() {
        finish();
    }

    private void finish() {
        context.tasks--;
        releaseRange(failure == null);
        try {
            complete();
        } finally {
            if (file != null) {
                file.operationDone();
            }
            context.shutdown.check();
        }
    }

    @Override
    final void deliverTo(Drainer drainer) {
        releaseRange(failure == null);
        drainer.taskDone(this::complete, this::fail);
    }

    private void complete() {
        if (failure != null) {
            promise.tryFailure(failure);
            return;
        }
        T accepted;
        try {
            accepted = accept(value);
        } catch (Throwable t) {
            promise.tryFailure(t);
            discard(value);
            return;
        }
        if (!promise.trySuccess(accepted)) {
            discard(accepted);
        }
    }

    /** The loop is gone: nobody would receive a value. */
    private void fail() {
        if (failure == null && endsWithLoop()) {
            discard(value);
            failure = context.closedFailure();
        }
        if (failure == null) {
            promise.trySuccess(value);
        } else {
            promise.tryFailure(failure);
        }
    }

    /** Whether success means nothing once the loop is gone. */
    boolean endsWithLoop() {
        return true;
    }
}
