// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Brings a task to a loop that must run it. A loop with a bounded queue also rejects while it
 * lives; then the task is offered again, for a completion that is not taken up would hang its file.
 */
final class MustRun {
    private static final long RETRY_MILLIS = 1;

    private MustRun() {}

    /** False if the loop has ended and will not run it: its context's drainer sees to the rest. */
    static boolean on(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            if (loop.isShutdown()) {
                return false;
            }
            GlobalEventExecutor.INSTANCE.schedule(
                    () -> on(loop, task), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        }
    }
}
