// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point in time that moves with every request and hardly ever passes: moving it later writes a
 * field, and one scheduled task looks whether it has passed. All on one loop.
 */
final class Deadline implements Runnable {
    private final EventExecutor loop;
    private final Runnable passed;
    private boolean set;
    private long at;
    private long due;
    private Future<?> task;

    Deadline(EventExecutor loop, Runnable passed) {
        this.loop = loop;
        this.passed = passed;
    }

    /** From now on, in the place of what was set before. */
    void in(Duration time) {
        long now = loop.ticker().nanoTime();
        at = now + time.toNanos();
        set = true;
        if (task != null && at - due < 0) {
            task.cancel(false);
            task = null;
        }
        if (task == null) {
            look(now);
        }
    }

    /** Nothing is due. The task stays: most likely the next request sets it again. */
    void clear() {
        set = false;
    }

    /** The connection has ended. */
    void end() {
        set = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void look(long now) {
        due = at;
        task = loop.schedule(this, at - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        task = null;
        if (!set) {
            return;
        }
        long now = loop.ticker().nanoTime();
        if (at - now > 0) {
            look(now);
            return;
        }
        set = false;
        passed.run();
    }
}
