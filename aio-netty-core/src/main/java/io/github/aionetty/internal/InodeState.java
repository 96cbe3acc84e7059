// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all files and loops of this process share of one inode. First of all it keeps direct and
 * buffered writes out of each other's pages, and folios of pages: without it, a direct write and a
 * buffered one to disjoint bytes of one folio fail fsync with EIO, and readers of the page cache
 * miss what was written, since the direct write cannot drop the folio that the other one has just
 * dirtied. Waiting is in order of arrival; nobody blocks a thread. Direct overwrites pass by the
 * {@link OverwriteGate} instead, without a lock.
 */
final class InodeState {
    /** How long after a write the inode's own block and its privileges count as in memory. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What a write touches, it touches as whole blocks, of one page or more. */
    private final long block;

    /**
     * The unit of exclusion between the two kinds: the largest that the page cache may have dirty
     * as one piece. ext4 has such pieces since Linux 6.16, xfs since 5.18.
     */
    private final long folio;

    final DeviceState device;
    final WarmExtents warm;
    final CachedPages pages;
    final OverwriteGate gate = new OverwriteGate(this);
    final AllocatedAhead ahead = new AllocatedAhead();

    /** Files of this process that are open for writing. */
    final AtomicInteger writers = new AtomicInteger();

    /** Held by helpers that begin or end to allocate ahead. */
    final Object opens = new Object();

    private final MappedBlocks mapped;

    private final RangedList active = new RangedList();
    private final RangedList waiting = new RangedList();

    /**
     * A lower bound of the file's size: beyond it a write may zero the block where the file ends.
     */
    private volatile long knownSize;

    /** Raised when blocks may have lost their place: what was looked up before is void. */
    private volatile int version;

    /** Until then the inode counts as recently written: what a write needs of it is in memory. */
    private volatile long freshUntil = System.nanoTime();

    /** What the last look at the file's status said; under the monitor. */
    private long seenBlocks;

    /** Overwrites were begun since the status was seen. */
    private volatile boolean overwritten;

    private long seenChange;
    private long seenAt;

    InodeState(long block, long size) {
        this(block, block, size, new DeviceState());
    }

    InodeState(long block, long folio, long size, DeviceState device) {
        this.block = block;
        this.folio = folio;
        this.knownSize = size;
        this.device = device;
        this.warm = new WarmExtents(device);
        this.pages = new CachedPages(device);
        this.mapped = new MappedBlocks(block);
    }

    /**
     * Whether a direct write of whole blocks allocates nothing and leaves the size alone. Any
     * thread, without a lock; a wrong "no" costs a helper, a wrong "yes" an EAGAIN.
     */
    boolean isMapped(long position, long length) {
        long end = position + length;
        return end <= knownSize && mapped.covers(position, end);
    }

    /**
     * How many of these bytes a buffered read finds cached: as far as the file is known to go, for
     * what somebody else has written behind that may not be in memory; 0 if not all of them are.
     */
    int cachedFrom(long from, int length) {
        long end = Math.min(from + length, knownSize);
        return pages.covers(from, end) ? (int) (end - from) : 0;
    }

    /** A helper has read these bytes through the page cache: so long is the file at least. */
    void cached(long from, long to) {
        pages.add(from, to);
        if (to > knownSize) {
            synchronized (this) {
                knownSize = Math.max(knownSize, to);
            }
        }
    }

    /** The kernel would have had to wait for these bytes. */
    void notCached(long from, long to) {
        if (from < knownSize) {
            pages.remove(from, to);
        }
    }

    /** What an answer of the kernel about the size has to be below to mean that it was cut. */
    long knownSize() {
        return knownSize;
    }

    int version() {
        return version;
    }

    /** Blocks that have a place on the disk, as found out since {@code since}. */
    synchronized void mapped(long from, long to, int since) {
        if (since == version) {
            mapped.add(from, to);
        }
    }

    synchronized void allMapped() {
        mapped.addEverything();
        warm.addEverything();
    }

    /** Blocks that have lost their place, or are in the page cache now. */
    synchronized void unmapped(long from, long to) {
        version++;
        mapped.remove(from, to);
    }

    boolean isFresh(long now) {
        return now - freshUntil < 0;
    }

    /** The kernel's size has been set to less than was known, with the blocks from there held. */
    synchronized void cut(long size) {
        knownSize = size;
        unmapped(floor(size), Long.MAX_VALUE);
    }

    /** An overwrite is under way: costs others nothing, but once after each status seen. */
    void overwrites() {
        if (!overwritten) {
            overwritten = true;
        }
    }

    /** A write has completed, or is as good as sure to. Written once in a while, not each time. */
    void touch(long now) {
        if (freshUntil - now < FRESH_NANOS / 2) {
            freshUntil = now + FRESH_NANOS;
        }
    }

    /** Takes the blocks of a write. False: it has to wait, and {@link Ranged#granted} follows. */
    boolean acquireWrite(Ranged task, boolean direct, long position, long length) {
        return acquireWrite(task, direct, position, length, false);
    }

    /**
     * Takes the blocks of a write that found the gate closed, or may not pass it.
     *
     * @param overwrites whether it only writes anew what is mapped: overwrites of other blocks may
     *     stay on the loop beside it
     */
    synchronized boolean acquireWrite(
            Ranged task, boolean direct, long position, long length, boolean overwrites) {
        long end = position + length;
        task.mode = direct ? Ranged.DIRECT : Ranged.BUFFERED;
        task.rangeStart = floor(position);
        task.rangeEnd = ceil(end);
        task.disrupts = !(direct && overwrites);
        // A resize under way may leave the file ending in any block from its start on.
        long resized = Math.min(active.firstResize(), waiting.firstResize());
        if (position > resized || (position > knownSize && knownSize % block != 0)) {
            // The kernel zeroes the rest of the block where the file ended, through the page cache.
            task.rangeStart = floor(Math.min(Math.min(knownSize, resized), position));
            task.mode = direct ? Ranged.EXCLUSIVE : Ranged.BUFFERED;
            task.disrupts = true;
        }
        return acquire(task);
    }

    /** Takes everything from {@code position} on, or from the end of the file if that is less. */
    synchronized boolean acquireFrom(Ranged task, long position) {
        task.mode = Ranged.RESIZE;
        task.disrupts = true;
        task.rangeStart = floor(Math.min(position, knownSize));
        task.rangeEnd = Long.MAX_VALUE;
        return acquire(task);
    }

    private boolean acquire(Ranged task) {
        task.foliosStart = task.rangeStart & -folio;
        task.foliosEnd = ceil(task.rangeEnd, folio);
        if (task.disrupts) {
            gate.close();
        }
        if (active.conflicts(task) || waiting.conflicts(task) || awaitsOverwrites(task)) {
            waiting.add(task);
            return false;
        }
        active.add(task);
        return true;
    }

    /** Direct writes run beside overwrites that passed the gate; nobody else does. */
    private boolean awaitsOverwrites(Ranged task) {
        return task.mode != Ranged.DIRECT && !gate.isDrained();
    }

    /** The last overwrite has left the closed gate. Any thread. */
    void drained() {
        List<Ranged> granted;
        synchronized (this) {
            granted = gate.isDrained() ? grant(null) : null;
        }
        tell(granted);
    }

    /**
     * Gives blocks back and grants those that waited for them.
     *
     * @param size what the file's size is now at least, or -1 where nothing is known
     * @param exact whether {@code size} may also be less than what was known
     */
    void release(Ranged task, long size, boolean exact) {
        List<Ranged> granted;
        synchronized (this) {
            if (size >= 0) {
                knownSize = exact ? size : Math.max(knownSize, size);
            }
            active.remove(task);
            if (task.disrupts) {
                gate.open();
            }
            granted = grant(task);
        }
        tell(granted);
    }

    private static void tell(List<Ranged> granted) {
        if (granted != null) {
            for (Ranged next : granted) {
                next.granted();
            }
        }
    }

    /** A write that held blocks has ended, having written so many bytes from there on. */
    void wrote(Ranged task, long position, long written) {
        long end = position + written;
        if (task.mode != Ranged.DIRECT) {
            // What is in the page cache, a direct write would have to flush first.
            unmapped(task.rangeStart, task.rangeEnd);
        }
        if (task.mode == Ranged.BUFFERED) {
            pages.add(position, end);
        } else {
            pages.remove(position, end);
            if (gate.isUsed()) {
                mapped(position, end, version);
            }
        }
        touch(System.nanoTime());
        if (written > 0) {
            ahead.wrote(end);
        }
        release(task, written > 0 ? end : -1, false);
    }

    /**
     * Moves those that may go on now. Only who conflicts with the released task can have waited for
     * it: whoever else waits, waits for something that is still there.
     *
     * @param released {@code null} where it was overwrites that left
     */
    private List<Ranged> grant(Ranged released) {
        List<Ranged> granted = null;
        Ranged candidate = waiting.first();
        while (candidate != null) {
            Ranged following = candidate.following;
            if ((released == null || candidate.conflictsWith(released))
                    && !active.conflicts(candidate)
                    && !waiting.conflictsBefore(candidate)
                    && !awaitsOverwrites(candidate)) {
                waiting.remove(candidate);
                active.add(candidate);
                if (granted == null) {
                    granted = new ArrayList<>(4);
                }
                granted.add(candidate);
            }
            candidate = following;
        }
        return granted;
    }

    /**
     * The file has been seen with this size: if it is less than was known, somebody else has cut
     * it. Not for an answer that is older than what was known: our own writes may have overtaken
     * it.
     */
    synchronized void seenSize(long size) {
        if (size < knownSize) {
            knownSize = size;
            unmapped(floor(size), Long.MAX_VALUE);
        }
    }

    /**
     * The file's status was asked for. Fewer blocks than before, or a change while nobody here
     * wrote: another process has been at work, and what was known of blocks is void.
     */
    synchronized void seen(long blocks, long change, long now) {
        // Touched at least once a second while there are writes.
        boolean written = freshUntil - seenAt >= 0 || overwritten;
        overwritten = false;
        if (blocks < seenBlocks || (seenAt != 0 && change != seenChange && !written)) {
            unmapped(0, Long.MAX_VALUE);
            warm.forget();
        }
        seenBlocks = blocks;
        seenChange = change;
        seenAt = now;
    }

    private long floor(long position) {
        return position & -block;
    }

    /** The end of the block; the largest number where there is none. */
    long ceil(long position) {
        return ceil(position, block);
    }

    private static long ceil(long position, long unit) {
        long up = position + unit - 1;
        return up < 0 ? Long.MAX_VALUE : up & -unit;
    }
}
