// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that any thread asks an executor for, and that is never queued there twice. */
final class Errand implements Runnable {
    private final Executor executor;
    private final Runnable task;
    private final AtomicBoolean asked = new AtomicBoolean();

    Errand(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    /** Where it is rejected, or fails, whoever asks the next time asks again. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                asked.set(false);
            } catch (Throwable t) {
                // Such as no memory for the executor's thread. If it has queued the task all the
                // same, that may run once more than it was asked for.
                asked.set(false);
                throw t;
            }
        }
    }

    @Override
    public void run() {
        asked.set(false);
        task.run();
    }
}
