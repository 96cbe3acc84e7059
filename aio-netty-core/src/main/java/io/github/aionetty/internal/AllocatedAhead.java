// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The space that writers of one inode have allocated ahead of their data, so that appends become
 * overwrites: to the kernel the file ends where the space ends, to this process where the data
 * does. Any thread; what an append does takes no lock.
 */
final class AllocatedAhead {
    private static final long LEAST = 1L << 20;
    private static final long MOST = 256L << 20;

    /** Nobody allocates ahead: the kernel's size is the size. */
    static final long NONE = Long.MAX_VALUE;

    private final AtomicLong dataEnd = new AtomicLong(NONE);

    /** What the kernel takes for the size, as far as this process has seen to it. */
    private volatile long spaceEnd;

    /** What the kernel's size becomes any moment now, or -1. */
    private volatile long comingEnd = -1;

    /** Whether the file has been looked at since writes count; until then nothing is known. */
    private volatile boolean settled;

    /** How often anything of it has changed but for the data's end. */
    private volatile int changes;

    /** Up to there the user has set the size or allocated: that is no space left by a crash. */
    private long askedFor;

    private int users;
    private boolean allocating;
    private boolean refused;

    /**
     * One more file that allocates ahead. From now on what writes have completed counts, so that
     * none is lost between a look at the file and {@link #settle}.
     *
     * @return whether the file has to be looked at: nobody has before
     */
    synchronized boolean begin() {
        users++;
        refused = false;
        if (dataEnd.get() != NONE) {
            return false;
        }
        spaceEnd = 0;
        dataEnd.set(0);
        changes++;
        return true;
    }

    /**
     * To be asked for before the kernel is asked for the size, or for bytes: if it is another one
     * afterwards, space may have been taken for data.
     */
    int changes() {
        return changes;
    }

    /**
     * The file has been looked at, since {@link #begin}: its data ended at least there.
     *
     * @param since {@link #changes} before the look
     * @return false if it has to be looked at again
     */
    synchronized boolean settle(long data, long size, int since) {
        if (since != changes) {
            return false;
        }
        wrote(Math.max(data, Math.min(askedFor, size)));
        spaceEnd = Math.max(spaceEnd, size);
        settled = true;
        changes++;
        return true;
    }

    /**
     * One file less. Whoever calls has the inode's blocks from the data's end on.
     *
     * @return true if it was the last, and the size is to be set to the data's end; {@link #ended}
     *     follows if nothing is left behind, for else the data's end must not be forgotten
     */
    synchronized boolean end() {
        return --users == 0;
    }

    /** After the last: the kernel's size is the size again. */
    synchronized void ended() {
        if (users == 0) {
            settled = false;
            dataEnd.set(NONE);
            changes++;
        }
    }

    /** Where the data ends, or {@link #NONE}. */
    long dataEnd() {
        return settled ? dataEnd.get() : NONE;
    }

    long spaceEnd() {
        return spaceEnd;
    }

    /**
     * The size to tell for what the kernel says.
     *
     * @param since {@link #changes} before it was asked
     * @return -1 if it has to be asked again
     */
    synchronized long sizeOf(long kernelSize, int since) {
        if (since != changes) {
            return -1;
        }
        long end = dataEnd();
        // The kernel grows a file piece by piece, and what it said may be a while ago.
        boolean ours = kernelSize > end && kernelSize <= Math.max(spaceEnd, comingEnd);
        return end != NONE && ours ? end : kernelSize;
    }

    /** A write has completed up to there. */
    void wrote(long end) {
        long known = dataEnd.get();
        while (known != NONE && end > known && !dataEnd.compareAndSet(known, end)) {
            known = dataEnd.get();
        }
        if (known != NONE && end > spaceEnd) {
            extended(end);
        }
    }

    private synchronized void extended(long end) {
        spaceEnd = Math.max(spaceEnd, end);
        changes++;
    }

    /** The user has set the size, or allocated up to it. */
    synchronized void resized(long size, boolean truncated) {
        askedFor = truncated ? size : Math.max(askedFor, size);
        changes++;
        if (dataEnd.get() != NONE) {
            dataEnd.set(truncated ? size : Math.max(size, dataEnd.get()));
            spaceEnd = truncated ? size : Math.max(size, spaceEnd);
        }
    }

    /** Whether a write up to there should see to more space first; {@link #allocated} follows. */
    boolean wantsMore(long end) {
        long known = dataEnd();
        long step = step(known);
        // What lies far behind the end is no append: no space for a hole.
        if (known == NONE || end + step / 4 <= spaceEnd || end - step > spaceEnd) {
            return false;
        }
        synchronized (this) {
            if (allocating || refused || users == 0) {
                return false;
            }
            allocating = true;
            return true;
        }
    }

    /** As much again as there is data: a large file grows in few steps. */
    long step() {
        return step(dataEnd());
    }

    private static long step(long dataEnd) {
        return dataEnd == NONE ? 0 : Math.min(MOST, Math.max(LEAST, dataEnd));
    }

    /**
     * The space is about to grow; whoever asks has the inode's blocks from its end on.
     *
     * @return false if that is not its end any more, or nobody wants it
     */
    synchronized boolean allocating(long from, long to) {
        if (users == 0 || !settled || from != spaceEnd) {
            return false;
        }
        comingEnd = to;
        changes++;
        return true;
    }

    /** Nobody sees to more space just now. */
    synchronized void abandoned() {
        allocating = false;
    }

    /** The space has grown; where it has not as was asked, it is not asked for again. */
    synchronized void allocated(long end, boolean success) {
        allocating = false;
        refused = !success;
        if (dataEnd.get() != NONE) {
            spaceEnd = Math.max(spaceEnd, end);
        }
        comingEnd = -1;
        changes++;
    }
}
