// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;

/** What one turn of a loop hands out at most, so that sockets are served in between. */
final class Turn {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Turn.class);

    static final int COMPLETIONS = 64;
    static final long BYTES = 1024 * 1024;

    private Turn() {}

    /**
     * Runs a task at the tail of this turn, from where it can queue another for the next: one that
     * is queued directly would run again and again within this one. On the loop.
     *
     * @return false where that cannot be, and it will not run
     */
    static boolean atTail(EventLoop loop, Runnable task) {
        try {
            if (loop instanceof SingleThreadEventLoop single) {
                single.executeAfterEventLoopIteration(task);
                return true;
            }
        } catch (RejectedExecutionException e) {
            LOGGER.trace("no room among the tail tasks", e);
        }
        return false;
    }
}
