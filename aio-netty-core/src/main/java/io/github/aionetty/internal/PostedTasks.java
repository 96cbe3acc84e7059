// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Tasks that helpers have finished, for one owner to take up: a lock-free stack without allocation,
 * and, of the owner alone, what it has taken from there and turned round.
 */
final class PostedTasks {
    private final AtomicReference<Task> head = new AtomicReference<>();

    /** The owner's: in the order they came, before all that are on the stack. */
    private Task taken;

    /** True if the owner has to be told: there was nothing before that it has not seen. */
    boolean push(Task task) {
        Task old;
        do {
            old = head.get();
            task.nextPosted = old;
        } while (!head.compareAndSet(old, task));
        return old == null;
    }

    /** The owner, or who only takes stacks: whether there is nothing to take. */
    boolean isEmpty() {
        return taken == null && head.get() == null;
    }

    /** The owner: the one that came first; {@code null} if there are none. */
    Task take() {
        if (taken == null) {
            taken = takeStack();
        }
        Task first = taken;
        if (first != null) {
            taken = unlink(first);
        }
        return first;
    }

    /** The owner: all tasks in the order they came, linked; {@code null} if there are none. */
    Task takeAll() {
        Task first = taken;
        taken = null;
        if (first == null) {
            return takeStack();
        }
        Task last = first;
        while (last.nextPosted != null) {
            last = last.nextPosted;
        }
        last.nextPosted = takeStack();
        return first;
    }

    /** What follows in a chain. Before the task is handed on, after which it is not ours. */
    static Task unlink(Task task) {
        Task next = task.nextPosted;
        task.nextPosted = null;
        return next;
    }

    /** Any thread: what was pushed since somebody took it last, in that order and linked. */
    Task takeStack() {
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
