// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicInteger;

/** The requests of one disk's queue, lent to loops; all partitions of the disk have one pool. */
final class RequestPool {
    /** Requests that loops may still have in the device's queue. */
    private final AtomicInteger lendable;

    /** Fewer left than this: loops at rest hold no more than the other half. */
    private final int few;

    /** What one loop may have, since its thread uses one queue of several. */
    private final int perLoop;

    /** The last eighth of the queue is for others: writeback, and other processes. */
    RequestPool(RequestQueue queue) {
        int most = queue.total() - queue.total() / 8;
        lendable = new AtomicInteger(most);
        few = most / 2;
        perLoop = queue.requests() - queue.requests() / 8;
    }

    /**
     * Lends requests to a context.
     *
     * @param wanted how many at most
     * @param has what it was lent before
     * @return how many; 0 where none is left, or it has what one loop may have
     */
    int lend(int wanted, int has) {
        int most = Math.min(wanted, perLoop - has);
        int left;
        int granted;
        do {
            left = lendable.get();
            granted = Math.min(most, left);
            if (granted <= 0) {
                return 0;
            }
        } while (!lendable.compareAndSet(left, left - granted));
        return granted;
    }

    void giveBack(int count) {
        lendable.addAndGet(count);
    }

    /** Whether loops that need none at present should give theirs back; writes nothing. */
    boolean isShort() {
        return lendable.get() < few;
    }

    int lendable() {
        return lendable.get();
    }
}
