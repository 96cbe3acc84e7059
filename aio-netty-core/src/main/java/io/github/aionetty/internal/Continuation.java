// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.function.Consumer;

/**
 * What goes on, on a loop, when a step is done. A loop that has ended tells no listener: then it
 * goes on, one after the other, on the one thread that outlives all loops, so that what was begun
 * is cleaned up.
 */
final class Continuation {
    private Continuation() {}

    /** For a step: its promise, and what comes then. */
    static <T> Promise<T> of(EventLoop loop, Consumer<Future<T>> next) {
        Promise<T> step = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
        FutureListener<T> listener = done -> run(loop, () -> next.accept(done));
        step.addListener(listener);
        return step;
    }

    /** At once if this is the loop. */
    static void run(EventLoop loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            MustRun.on(loop, task, () -> GlobalEventExecutor.INSTANCE.execute(task));
        }
    }
}
