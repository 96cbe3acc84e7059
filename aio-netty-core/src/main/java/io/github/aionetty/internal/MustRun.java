// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Brings a task to a loop that must run it. A loop with a bounded queue also rejects while it
 * lives; then the task is offered again, for a completion that is not taken up would hang its file.
 */
public final class MustRun {
    private static final long RETRY_MILLIS = 1;

    private MustRun() {}

    /**
     * For a task that needs no answer where the loop has ended: its context's drainer sees to it.
     */
    public static void on(EventExecutor loop, Runnable task) {
        on(loop, task, () -> {});
    }

    /**
     * Runs one of the two, once.
     *
     * @param task for the loop
     * @param ifEnded where the loop has ended and will not run it; on any thread
     */
    static void on(EventExecutor loop, Runnable task, Runnable ifEnded) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            if (loop.isShutdown()) {
                ifEnded.run();
            } else {
                GlobalEventExecutor.INSTANCE.schedule(
                        () -> on(loop, task, ifEnded), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
