// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Buffers in size classes of powers of two, 4 KiB to 2 MiB, cut from slabs. Allocation and reuse
 * belong to one thread, the owner's loop, and take no lock; other threads give buffers back through
 * a lock-free stack that the owner empties when a class runs dry. Once closed it unmaps each slab
 * when its last buffer has come back.
 */
final class AlignedPool {
    static final int MIN_SHIFT = 12;
    static final int MAX_SHIFT = 21;
    private static final int SLAB = 1 << MAX_SHIFT;
    private static final int LARGE = -1;
    private static final int CLASSES = MAX_SHIFT - MIN_SHIFT + 1;

    /** A slab, and how many of its buffers are in use. */
    static final class Region {
        private final SlabMemory.Slab slab;
        private final int sizeClass;
        private int cut;
        private int inUse;

        /** On its way out: its buffers are to be forgotten. */
        private boolean idle;

        Region(SlabMemory.Slab slab, int sizeClass) {
            this.slab = slab;
            this.sizeClass = sizeClass;
        }

        SlabMemory.Slab slab() {
            return slab;
        }
    }

    private final AlignedAllocator allocator;
    private final SlabMemory memory;

    /** What maps this pool's slabs; {@code null} where there is no native library. */
    private final Syscalls sys;

    /** The only thread that allocates; {@code null} where callers hold this pool's monitor. */
    private final EventLoop owner;

    private final AlignedBuffer[] free = new AlignedBuffer[CLASSES];
    private final Region[] current = new Region[CLASSES];
    private final List<Region> regions = new ArrayList<>();
    private final AtomicReference<AlignedBuffer> returned = new AtomicReference<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean closed;

    AlignedPool(AlignedAllocator allocator, SlabMemory memory, Syscalls sys, EventLoop owner) {
        this.allocator = allocator;
        this.memory = memory;
        this.sys = sys;
        this.owner = owner;
        memory.add(this);
    }

    AlignedAllocator allocator() {
        return allocator;
    }

    /** A buffer with {@code refCnt} 1 and at least that capacity, or {@code null} over the cap. */
    AlignedBuffer allocate(int capacity) {
        if (capacity > SLAB) {
            return allocateLarge(capacity);
        }
        int sizeClass = sizeClass(capacity);
        AlignedBuffer buffer = take(sizeClass);
        if (buffer == null) {
            return null;
        }
        buffer.region.inUse++;
        return buffer.reuse(capacity);
    }

    private AlignedBuffer take(int sizeClass) {
        AlignedBuffer buffer = free[sizeClass];
        if (buffer == null) {
            collectReturned();
            buffer = free[sizeClass];
        }
        if (buffer == null) {
            return cut(sizeClass);
        }
        free[sizeClass] = buffer.next;
        buffer.next = null;
        return buffer;
    }

    private AlignedBuffer cut(int sizeClass) {
        int length = 1 << (MIN_SHIFT + sizeClass);
        Region region = current[sizeClass];
        if (region == null || region.cut == SLAB) {
            SlabMemory.Slab slab = map(SLAB);
            if (slab == null) {
                return null;
            }
            region = new Region(slab, sizeClass);
            regions.add(region);
            current[sizeClass] = region;
        }
        AlignedBuffer buffer = new AlignedBuffer(this, region, sizeClass, region.cut, length);
        region.cut += length;
        return buffer;
    }

    /** A slab, over the cap in place of idle ones of this pool; {@code null} if there are none. */
    private SlabMemory.Slab map(int length) {
        SlabMemory.Slab slab = memory.map(length, sys);
        if (slab != null) {
            return slab;
        }
        collectReturned();
        Region idle = takeIdle();
        if (length == SLAB && idle != null) {
            return idle.slab;
        }
        long given = 0;
        while (idle != null) {
            memory.unmap(idle.slab);
            given += SLAB;
            idle = given < length ? takeIdle() : null;
        }
        slab = memory.map(length, sys);
        if (slab == null) {
            memory.askForIdle(this);
        }
        return slab;
    }

    /** Takes one slab out of which no buffer is in use; {@code null} if there is none. */
    private Region takeIdle() {
        for (Region region : regions) {
            if (region.inUse == 0) {
                region.idle = true;
                regions.remove(region);
                forget(region.sizeClass);
                return region;
            }
        }
        return null;
    }

    /** Drops idle slabs' buffers from the lists of one size class. */
    private void forget(int sizeClass) {
        if (current[sizeClass] != null && current[sizeClass].idle) {
            current[sizeClass] = null;
        }
        AlignedBuffer kept = null;
        AlignedBuffer buffer = free[sizeClass];
        while (buffer != null) {
            AlignedBuffer next = buffer.next;
            if (!buffer.region.idle) {
                buffer.next = kept;
                kept = buffer;
            }
            buffer = next;
        }
        free[sizeClass] = kept;
    }

    /** Larger than a slab: a mapping of its own, unmapped when the buffer is released. */
    private AlignedBuffer allocateLarge(int capacity) {
        long rounded = (capacity + (long) SlabMemory.ALIGNMENT - 1) & -(long) SlabMemory.ALIGNMENT;
        if (rounded > Integer.MAX_VALUE - SlabMemory.ALIGNMENT) {
            return null;
        }
        SlabMemory.Slab slab = map((int) rounded);
        return slab == null
                ? null
                : new AlignedBuffer(this, new Region(slab, LARGE), LARGE, 0, (int) rounded)
                        .reuse(capacity);
    }

    /** Takes a released buffer back; any thread. */
    void recycle(AlignedBuffer buffer) {
        if (buffer.sizeClass < 0) {
            memory.unmap(buffer.region.slab);
            return;
        }
        if (!closed && owner != null && owner.inEventLoop()) {
            putBack(buffer);
            return;
        }
        AlignedBuffer head;
        do {
            head = returned.get();
            buffer.next = head;
        } while (!returned.compareAndSet(head, buffer));
        // Checked after the push: whoever comes last, this thread or close(), sees the buffer.
        if (closed) {
            reclaim();
        }
    }

    private void putBack(AlignedBuffer buffer) {
        buffer.region.inUse--;
        buffer.next = free[buffer.sizeClass];
        free[buffer.sizeClass] = buffer;
    }

    private void collectReturned() {
        AlignedBuffer buffer = returned.getAndSet(null);
        while (buffer != null) {
            AlignedBuffer next = buffer.next;
            putBack(buffer);
            buffer = next;
        }
    }

    /**
     * Ends allocation, and unmaps what is not in use. Called by the owner, once it stopped
     * allocating.
     */
    void close() {
        closed = true;
        memory.remove(this);
        reclaim();
    }

    boolean isClosed() {
        return closed;
    }

    private synchronized void reclaim() {
        releaseIdle();
    }

    private void releaseIdle() {
        collectReturned();
        for (Region region : regions) {
            region.idle = region.inUse == 0;
            if (region.idle) {
                memory.unmap(region.slab);
            }
        }
        regions.removeIf(region -> region.idle);
        for (int c = 0; c < CLASSES; c++) {
            forget(c);
        }
    }

    /** Any thread: another pool needs what this one does not use. */
    void releaseIdleLater() {
        if (!asked.compareAndSet(false, true)) {
            return;
        }
        if (owner != null) {
            MustRun.on(owner, this::releaseAsked);
            return;
        }
        try {
            HelperLane.METADATA.execute(HelperLane.CHORES, this::releaseAsked);
        } catch (RejectedExecutionException e) {
            // The next one who meets the cap asks again.
            asked.set(false);
        }
    }

    private void releaseAsked() {
        asked.set(false);
        if (owner == null) {
            reclaim();
        } else if (!closed) {
            releaseIdle();
        }
    }

    private static int sizeClass(int capacity) {
        int shift = 32 - Integer.numberOfLeadingZeros(Math.max(capacity, 1) - 1);
        return Math.max(shift - MIN_SHIFT, 0);
    }
}
