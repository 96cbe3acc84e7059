// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;

/** Operations that wait for a slot, in order, up to a bound. Confined to the owner. */
final class PendingQueue {
    private final ArrayDeque<Operation> queue = new ArrayDeque<>();
    private final int max;

    PendingQueue(int max) {
        this.max = max;
    }

    boolean offer(Operation operation) {
        if (queue.size() >= max) {
            return false;
        }
        queue.add(operation);
        return true;
    }

    Operation poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    RejectedExecutionException rejection(int capacity) {
        return new RejectedExecutionException(
                "pending="
                        + queue.size()
                        + " maxPending="
                        + max
                        + " capacity="
                        + capacity
                        + ": wait for completions before submitting more, or raise capacity or"
                        + " maxPending");
    }
}
