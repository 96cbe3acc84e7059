// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.ExtentMap;
import io.github.aionetty.nativeaio.Syscalls;

/**
 * Has the kernel load a file's extent map, by {@code FS_IOC_FIEMAP}, and takes up what it says. On
 * helpers: a map that is on the disk takes a disk access for some 300 extents.
 */
final class ExtentLoader {
    /** How much is loaded beyond what is touched, unless it is very fragmented. */
    private static final long AHEAD = 1L << 30;

    /** More extents than this in a window of 16 MiB, and it counts as fragmented. */
    private static final int FRAGMENTED = 64;

    /** How many extents are asked for at a time. */
    private static final int PIECE = 512;

    /** What an open loads at most; the rest is loaded window by window when it is touched. */
    static final int AT_OPEN = 8192;

    private static final int NOT_MAPPED =
            ExtentMap.EXTENT_UNKNOWN
                    | ExtentMap.EXTENT_DELALLOC
                    | ExtentMap.EXTENT_ENCODED
                    | ExtentMap.EXTENT_NOT_ALIGNED
                    | ExtentMap.EXTENT_DATA_INLINE
                    | ExtentMap.EXTENT_SHARED;

    /** A helper's memory for the answers; collected with its thread. */
    private static final ThreadLocal<ExtentMap> MEMORY =
            ThreadLocal.withInitial(() -> new ExtentMap(PIECE));

    private final Syscalls sys;
    private final InodeState inode;
    private final boolean forWrites;
    private final int notMapped;

    /** The window whose extents are being counted, by its start. */
    private long window;

    private int inWindow;

    /**
     * A loader for one descriptor.
     *
     * @param forWrites whether it also has to learn what is mapped
     * @param unwrittenToo whether that includes space that is allocated and was never written
     */
    ExtentLoader(Syscalls sys, InodeState inode, boolean forWrites, boolean unwrittenToo) {
        this.sys = sys;
        this.inode = inode;
        this.forWrites = forWrites;
        this.notMapped = unwrittenToo ? NOT_MAPPED : NOT_MAPPED | ExtentMap.EXTENT_UNWRITTEN;
    }

    /** Loads the windows around a transfer, unless they are: once, however many ask for them. */
    void touch(int fd, long from, long length) {
        long end = from + length;
        if (inode.warm.covers(from, end)) {
            return;
        }
        // Helpers of one file wait for each other here: they would wait for the same disk.
        synchronized (this) {
            if (!inode.warm.covers(from, end)) {
                long next = WarmExtents.ceil(end);
                load(fd, WarmExtents.floor(from), next, Integer.MAX_VALUE);
                if (next < Long.MAX_VALUE - AHEAD) {
                    load(fd, next, next + AHEAD, AT_OPEN);
                }
            }
        }
    }

    /**
     * Loads what is between two windows' starts, or as much of it as has so many extents. A file
     * system without FIEMAP has nothing to load; an error shows up again in the first transfer.
     */
    synchronized void load(int fd, long from, long to, int most) {
        int generation = inode.warm.begin();
        int version = inode.version();
        ExtentMap map = MEMORY.get();
        long at = from;
        int count = 0;
        while (at < to && count < most) {
            int found = sys.fiemap(fd, at, to - at, 0, PIECE, map.address());
            if (found < PIECE) {
                takeUp(map, Math.max(0, found), version);
                at = to;
                break;
            }
            takeUp(map, found, version);
            at = map.logical(found - 1) + map.length(found - 1);
            count += found;
        }
        if (version == inode.version()) {
            inode.warm.add(from, at >= to ? to : WarmExtents.floor(at), generation);
        }
    }

    private void takeUp(ExtentMap map, int found, int version) {
        for (int i = 0; i < found; i++) {
            long start = map.logical(i);
            count(start);
            if (forWrites && (map.flags(i) & notMapped) == 0) {
                inode.mapped(start, start + map.length(i), version);
            }
        }
    }

    private void count(long start) {
        if (window != WarmExtents.floor(start)) {
            window = WarmExtents.floor(start);
            inWindow = 0;
        }
        if (++inWindow > FRAGMENTED) {
            inode.warm.fragmented(start);
        }
    }
}
