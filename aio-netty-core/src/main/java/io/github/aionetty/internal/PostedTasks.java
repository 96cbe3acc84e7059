// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Tasks that helpers have finished, for one owner to take up: a lock-free stack without allocation.
 */
final class PostedTasks {
    private final AtomicReference<Task> head = new AtomicReference<>();

    /** True if the owner has to be told: there was nothing before. */
    boolean push(Task task) {
        Task old;
        do {
            old = head.get();
            task.nextPosted = old;
        } while (!head.compareAndSet(old, task));
        return old == null;
    }

    /** All tasks in the order they came, linked; {@code null} if there are none. */
    Task takeAll() {
        Task task = head.getAndSet(null);
        Task first = null;
        while (task != null) {
            Task older = task.nextPosted;
            task.nextPosted = first;
            first = task;
            task = older;
        }
        return first;
    }
}
