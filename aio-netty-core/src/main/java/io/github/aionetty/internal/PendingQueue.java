// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Operations that wait for a slot, or for room in their device's queue, up to a bound: in order for
 * each device, the devices in turn. No device gets the last eighth of the slots, so that one that
 * hangs leaves some to the others. Confined to the owner.
 */
final class PendingQueue {
    /** Below this a context is too small to be divided. */
    private static final int DIVISIBLE = 8;

    private final Map<Long, DeviceShare> shares = new HashMap<>();

    /** Shares with a waiting operation, each once. */
    private final ArrayDeque<DeviceShare> listed = new ArrayDeque<>();

    private final int max;
    private final int perDevice;
    private int size;

    PendingQueue(int max, int capacity) {
        this.max = max;
        this.perDevice = capacity - capacity / DIVISIBLE;
    }

    DeviceShare share(Long device) {
        return shares.computeIfAbsent(device, key -> new DeviceShare());
    }

    /** Whether an operation need not wait, if there is a slot: nobody waits who could begin. */
    boolean mayPass(Operation operation) {
        DeviceShare share = operation.share;
        return listed.isEmpty()
                && share.inUse < perDevice
                && share.waiting.isEmpty()
                && share.admits(operation.requests);
    }

    /** Whether the first one that waits may begin. */
    private boolean mayBegin(DeviceShare share) {
        Operation first = share.waiting.peek();
        return first != null && share.inUse < perDevice && share.admits(first.requests);
    }

    boolean offer(Operation operation) {
        if (size >= max) {
            return false;
        }
        size++;
        operation.share.waiting.add(operation);
        list(operation.share);
        return true;
    }

    private void list(DeviceShare share) {
        if (!share.listed && mayBegin(share)) {
            share.listed = true;
            listed.add(share);
        }
    }

    /** The next operation that may begin; {@code null} if there is none. */
    Operation poll() {
        DeviceShare share;
        while ((share = listed.poll()) != null) {
            share.listed = false;
            if (mayBegin(share)) {
                size--;
                Operation operation = share.waiting.poll();
                list(share);
                return operation;
            }
        }
        return null;
    }

    /** The next one of all, whether it may begin or not: for failing them. */
    Operation pollAny() {
        for (DeviceShare share : shares.values()) {
            Operation operation = share.waiting.poll();
            if (operation != null) {
                size--;
                return operation;
            }
        }
        return null;
    }

    /** A slot has come back. */
    void freed(Operation operation) {
        operation.share.end(operation);
        list(operation.share);
    }

    /** The context ends, and nothing is in flight: other loops may have what it was lent. */
    void giveBack() {
        for (DeviceShare share : shares.values()) {
            share.giveBack();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    RejectedExecutionException rejection(int capacity) {
        return new RejectedExecutionException(
                "pending="
                        + size
                        + " maxPending="
                        + max
                        + " capacity="
                        + capacity
                        + ": wait for completions before submitting more, or raise capacity or"
                        + " maxPending");
    }
}
