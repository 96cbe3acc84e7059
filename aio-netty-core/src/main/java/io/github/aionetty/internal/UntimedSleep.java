// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Has a loop without timers of its own sleep until there is something to do. Netty 4.2 wakes such a
 * loop once a second, and so each of its sleeps sets up a timer in the kernel: a tenth of the CPU
 * that a read at depth 1 takes. With a task in its calendar that never comes due it calls
 * epoll_wait without a time-out instead. Confined to the loop.
 */
final class UntimedSleep {
    private ScheduledFuture<?> never;

    void begin(EventLoop loop) {
        try {
            never = loop.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | UnsupportedOperationException e) {
            // It is ending, or has no calendar: it works all the same.
            never = null;
        }
    }

    void end() {
        if (never != null) {
            never.cancel(false);
        }
    }
}
