// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Slabs that were given back. They count until they have been unmapped: by a helper, or before that
 * by whoever meets the cap.
 */
final class LeavingSlabs {
    private final Queue<SlabMemory.Slab> slabs = new ConcurrentLinkedQueue<>();
    private final Runnable unmapNext = this::unmapNext;

    /** Bytes mapped. */
    private final AtomicLong mapped;

    LeavingSlabs(AtomicLong mapped) {
        this.mapped = mapped;
    }

    /** Has a helper unmap it, for with touched memory that takes its time. */
    void add(SlabMemory.Slab slab) {
        slabs.add(slab);
        try {
            HelperLane.METADATA.execute(HelperLane.CHORES, unmapNext);
        } catch (RejectedExecutionException e) {
            unmapNext();
        }
    }

    /**
     * Unmaps one on this thread; false if there is none. One at a time, so that afterwards also the
     * one is gone that another thread had begun with.
     */
    synchronized boolean unmapNext() {
        SlabMemory.Slab slab = slabs.poll();
        if (slab == null) {
            return false;
        }
        unmapNow(slab);
        return true;
    }

    /** Unmaps one that is not in here. */
    void unmapNow(SlabMemory.Slab slab) {
        try {
            if (slab.sys() != null) {
                slab.sys().munmap(slab.address(), slab.length());
            }
        } finally {
            mapped.addAndGet(-slab.length());
        }
    }
}
