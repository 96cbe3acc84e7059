// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A blocking step of a copy, on a lane of its own: some take as long as a disk needs to flush a
 * file. The context waits for it. What follows runs on the loop, or on the drainer after its end.
 */
final class CopyTask<T> extends MetadataTask<T> {
    /** The blocking call. */
    interface Call<T> {
        T run() throws IOException;
    }

    private final Long device;
    private final Call<T> call;
    private final Consumer<T> unused;
    private final boolean refusable;
    private final boolean lasting;

    private CopyTask(
            DefaultAioContext context,
            Long device,
            Call<T> call,
            Consumer<T> unused,
            boolean refusable,
            boolean lasting,
            Promise<T> promise) {
        super(context, null, promise);
        this.device = device;
        this.call = call;
        this.unused = unused;
        this.refusable = refusable;
        this.lasting = lasting;
    }

    /** Any thread; {@code unused} takes a result that comes after the loop's end. */
    static <T> Promise<T> start(
            DefaultAioContext context, Long device, Call<T> call, Consumer<T> unused) {
        return new CopyTask<>(context, device, call, unused, true, false, newPromise()).start();
    }

    /** On the owner: what is done is done, whether or not the loop learns of it. Never rejected. */
    static <T> Promise<T> startLasting(DefaultAioContext context, Long device, Call<T> call) {
        return new CopyTask<>(context, device, call, v -> {}, true, true, newPromise()).start();
    }

    /** On the owner: runs also where the context is closing, or closed. */
    static Promise<Void> startAnyway(DefaultAioContext context, Long device, Call<Void> call) {
        if (!context.shutdown.isDetached()) {
            return new CopyTask<>(context, device, call, v -> {}, false, true, newPromise())
                    .start();
        }
        // Nobody counts tasks any more.
        Promise<Void> promise = newPromise();
        Runnable task =
                () -> {
                    Throwable failure = null;
                    try {
                        call.run();
                    } catch (Throwable t) {
                        failure = t;
                    }
                    complete(context, promise, failure);
                };
        Closing.onHelper(HelperLane.COPY, device, task);
        return promise;
    }

    private static void complete(
            DefaultAioContext context, Promise<Void> promise, Throwable failure) {
        Runnable completion =
                failure == null
                        ? () -> promise.trySuccess(null)
                        : () -> promise.tryFailure(failure);
        MustRun.on(context.eventLoop(), completion, completion);
    }

    /** Listened to wherever it completes. */
    private static <T> Promise<T> newPromise() {
        return ImmediateEventExecutor.INSTANCE.newPromise();
    }

    @Override
    Throwable refusal() {
        return refusable ? super.refusal() : null;
    }

    @Override
    void hand(Runnable work) {
        if (refusable && !lasting) {
            HelperLane.COPY.execute(device, work);
        } else {
            Closing.onHelper(HelperLane.COPY, device, work);
        }
    }

    @Override
    T perform() throws IOException {
        return call.run();
    }

    @Override
    void discard(T value) {
        if (value != null) {
            unused.accept(value);
        }
    }

    @Override
    boolean endsWithLoop() {
        return !lasting;
    }

    @Override
    Long device() {
        return device;
    }
}
