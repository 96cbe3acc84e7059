// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps direct and buffered writes of one inode out of each other's blocks, over all files and
 * loops of this process. Without it, a direct write and a buffered one to disjoint bytes of one
 * page fail fsync with EIO on ext4, and lose data: the direct write cannot drop the page that the
 * other one has just dirtied. Waiting is in order of arrival; nobody blocks a thread.
 */
final class InodeState {
    /** The unit of exclusion: no page cache page may be shared by the two kinds. */
    private final long block;

    private final RangedList active = new RangedList();
    private final RangedList waiting = new RangedList();

    /**
     * A lower bound of the file's size: beyond it a write may zero the block where the file ends.
     */
    private long knownSize;

    InodeState(long block, long size) {
        this.block = block;
        this.knownSize = size;
    }

    /** Takes the blocks of a write. False: it has to wait, and {@link Ranged#granted} follows. */
    synchronized boolean acquireWrite(Ranged task, boolean direct, long position, long length) {
        long end = position + length;
        task.mode = direct ? Ranged.DIRECT : Ranged.BUFFERED;
        task.rangeStart = floor(position);
        task.rangeEnd = ceil(end);
        // A resize under way may leave the file ending in any block from its start on.
        long resized = Math.min(active.firstResize(), waiting.firstResize());
        if (position > resized || (position > knownSize && knownSize % block != 0)) {
            // The kernel zeroes the rest of the block where the file ended, through the page cache.
            task.rangeStart = floor(Math.min(Math.min(knownSize, resized), position));
            task.mode = direct ? Ranged.EXCLUSIVE : Ranged.BUFFERED;
        }
        return acquire(task);
    }

    /** Takes everything from {@code position} on, or from the end of the file if that is less. */
    synchronized boolean acquireFrom(Ranged task, long position) {
        task.mode = Ranged.RESIZE;
        task.rangeStart = floor(Math.min(position, knownSize));
        task.rangeEnd = Long.MAX_VALUE;
        return acquire(task);
    }

    private boolean acquire(Ranged task) {
        if (active.conflicts(task) || waiting.conflicts(task)) {
            waiting.add(task);
            return false;
        }
        active.add(task);
        return true;
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
            granted = grant(task);
        }
        if (granted != null) {
            for (Ranged next : granted) {
                next.granted();
            }
        }
    }

    /**
     * Moves those that may go on now. Only who conflicts with the released task can have waited for
     * it: whoever else waits, waits for something that is still there.
     */
    private List<Ranged> grant(Ranged released) {
        List<Ranged> granted = null;
        Ranged candidate = waiting.first();
        while (candidate != null) {
            Ranged following = candidate.following;
            if (candidate.conflictsWith(released)
                    && !active.conflicts(candidate)
                    && !waiting.conflictsBefore(candidate)) {
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

    /** Another open of the file saw this size: if it is less, somebody else has cut it. */
    synchronized void seenSize(long size) {
        knownSize = Math.min(knownSize, size);
    }

    private long floor(long position) {
        return position & -block;
    }

    private long ceil(long position) {
        long up = position + block - 1;
        return up < 0 ? Long.MAX_VALUE : up & -block;
    }
}
