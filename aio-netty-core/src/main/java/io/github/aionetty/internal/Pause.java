// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A while, after which what others held may be free: memory, or a place in a queue. */
final class Pause {
    private static final int MILLIS = 50;

    private Pause() {}

    /**
     * For what is over when its executor is.
     *
     * @return false if the executor takes nothing any more
     */
    static boolean on(EventExecutor executor, Runnable then) {
        try {
            executor.schedule(then, MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /** For what goes on in any case; on the one thread that outlives all loops. */
    static void thenAnyway(Runnable then) {
        GlobalEventExecutor.INSTANCE.schedule(then, MILLIS, TimeUnit.MILLISECONDS);
    }
}
