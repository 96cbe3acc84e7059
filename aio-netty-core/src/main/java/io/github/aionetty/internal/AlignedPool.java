// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Buffers in size classes of powers of two, 4 KiB to 2 MiB, cut from slabs. Allocation and reuse
 * belong to one thread, the owner's loop, and take no lock; other threads give buffers back through
 * a lock-free stack that the owner empties when a class runs dry. Slabs that it does without for a
 * while it unmaps, when {@link SlabTrimmer} has it look; once closed each slab when its last buffer
 * has come back.
 */
final class AlignedPool {
    static final int MIN_SHIFT = 12;
    static final int MAX_SHIFT = 21;
    private static final int SLAB = 1 << MAX_SHIFT;
    private static final int LARGE = -1;
    private static final int CLASSES = MAX_SHIFT - MIN_SHIFT + 1;

    /** For pools whose owner is whoever holds the monitor. */
    private static final Executor HELPER =
            task -> HelperLane.METADATA.execute(HelperLane.CHORES, task);

    private final AlignedAllocator allocator;
    private final SlabMemory memory;

    /** What maps this pool's slabs; {@code null} where there is no native library. */
    private final Syscalls sys;

    /** The only thread that allocates; {@code null} where callers hold this pool's monitor. */
    private final EventLoop owner;

    private final AlignedBuffer[] free = new AlignedBuffer[CLASSES];
    private final Region[] current = new Region[CLASSES];
    private final Regions regions = new Regions(CLASSES);

    /** Bytes mapped for buffers larger than a slab. */
    private final AtomicLong large = new AtomicLong();

    private final AtomicReference<AlignedBuffer> returned = new AtomicReference<>();
    private final Errand release;
    private final Errand trim;
    private volatile boolean closed;

    AlignedPool(AlignedAllocator allocator, SlabMemory memory, Syscalls sys, EventLoop owner) {
        this.allocator = allocator;
        this.memory = memory;
        this.sys = sys;
        this.owner = owner;
        if (owner != null) {
            release =
                    new Errand(
                            task -> MustRun.on(owner, task), () -> unlessClosed(this::releaseIdle));
            trim = new Errand(owner, () -> unlessClosed(this::trim));
        } else {
            release = new Errand(HELPER, this::reclaim);
            trim = new Errand(HELPER, this::trimShared);
        }
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
            if (bringBack(sizeClass)) {
                return take(sizeClass);
            }
            SlabMemory.Slab slab = map(SLAB);
            if (slab == null) {
                // Over the cap; what others have given back meanwhile will do.
                return free[sizeClass] == null ? null : take(sizeClass);
            }
            region = new Region(slab, sizeClass);
            regions.add(region);
            current[sizeClass] = region;
            memory.added();
        }
        AlignedBuffer buffer = new AlignedBuffer(this, region, sizeClass, region.cut, length);
        region.cut += length;
        return buffer;
    }

    /** A slab that was set aside is needed after all: its buffers are free again. */
    private boolean bringBack(int sizeClass) {
        Region region = regions.bringBack(sizeClass);
        if (region == null) {
            return false;
        }
        free[sizeClass] = region.free;
        region.free = null;
        if (region.cut < SLAB) {
            current[sizeClass] = region;
        }
        return true;
    }

    /** A slab, over the cap in place of idle ones of this pool; {@code null} if there are none. */
    private SlabMemory.Slab map(int length) {
        SlabMemory.Slab slab = memory.map(length, sys);
        if (slab != null || length > memory.max()) {
            return slab;
        }
        collectReturned();
        if (length == SLAB) {
            Region idle = takeIdle();
            slab = idle == null ? null : idle.slab;
        } else {
            unmapIdle(memory.missing(length));
            slab = memory.map(length, sys);
        }
        if (slab == null) {
            memory.askForIdle(this);
        }
        return slab;
    }

    /** Unmaps that much, before it returns; nothing where idle slabs would not be enough. */
    private void unmapIdle(long bytes) {
        if (regions.idle() < bytes) {
            return;
        }
        for (long given = 0; given < bytes; given += SLAB) {
            memory.unmapNow(takeIdle().slab);
        }
    }

    /** Takes one slab out of which no buffer is in use; {@code null} if there is none. */
    private Region takeIdle() {
        Region region = regions.removeAside();
        if (region == null) {
            setIdleAside();
            region = regions.removeAside();
        }
        return region;
    }

    private void setIdleAside() {
        int sizeClasses = regions.setIdleAside();
        for (int c = 0; c < CLASSES; c++) {
            if ((sizeClasses & 1 << c) != 0) {
                setBuffersAside(c);
            }
        }
    }

    /** Moves buffers of slabs that are set aside from the lists of one size class to the slabs'. */
    private void setBuffersAside(int sizeClass) {
        if (current[sizeClass] != null && current[sizeClass].aside) {
            current[sizeClass] = null;
        }
        AlignedBuffer kept = null;
        AlignedBuffer buffer = free[sizeClass];
        while (buffer != null) {
            AlignedBuffer next = buffer.next;
            Region region = buffer.region;
            if (region.aside) {
                buffer.next = region.free;
                region.free = buffer;
            } else {
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
        if (slab == null) {
            return null;
        }
        large.addAndGet(rounded);
        return new AlignedBuffer(this, new Region(slab, LARGE), LARGE, 0, (int) rounded)
                .reuse(capacity);
    }

    /** Takes a released buffer back; any thread. */
    void recycle(AlignedBuffer buffer) {
        if (buffer.sizeClass < 0) {
            SlabMemory.Slab slab = buffer.region.slab;
            large.addAndGet(-slab.length());
            memory.unmap(slab);
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
        setIdleAside();
        unmapAside();
    }

    /**
     * A look: what was set aside and nobody has needed since goes; what is idle now is set aside.
     */
    void trim() {
        memory.trimmed(unmapAside());
        collectReturned();
        setIdleAside();
    }

    private synchronized void trimShared() {
        trim();
    }

    /** How many slabs it were. */
    private int unmapAside() {
        List<Region> idle = regions.removeAllAside();
        idle.forEach(region -> memory.unmap(region.slab));
        return idle.size();
    }

    private void unlessClosed(Runnable task) {
        if (!closed) {
            task.run();
        }
    }

    /** Any thread: another pool needs what this one does not use. */
    void releaseIdleLater() {
        release.ask();
    }

    /**
     * Any thread: it is time for a look. Where everything is in use the loop is not woken, for
     * nothing could be set aside.
     */
    void trimLater() {
        if (returned.get() != null || regions.anyIdle()) {
            trim.ask();
        }
    }

    /** Any thread: whether there is something to look at. */
    boolean holdsSlabs() {
        return !regions.isEmpty();
    }

    /** Any thread: bytes mapped for this pool, in use or not. */
    long mapped() {
        return regions.mapped() + large.get();
    }

    /** Any thread: bytes mapped and not in use, for a busy pool not to the buffer. */
    long unused() {
        return regions.unused();
    }

    private static int sizeClass(int capacity) {
        int shift = 32 - Integer.numberOfLeadingZeros(Math.max(capacity, 1) - 1);
        return Math.max(shift - MIN_SHIFT, 0);
    }
}
