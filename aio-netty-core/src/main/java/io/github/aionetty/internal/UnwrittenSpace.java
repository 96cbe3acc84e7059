// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.ExtentMap;
import io.github.aionetty.nativeaio.Syscalls;

/**
 * Space of a file that is allocated and was never written, by {@code FS_IOC_FIEMAP}. Not by {@code
 * SEEK_DATA}, which takes a page that somebody has read for data. On helpers.
 */
final class UnwrittenSpace {
    private static final int PIECE = 512;

    private final Syscalls sys;
    private final int fd;
    private final long block;
    private final ExtentMap map = new ExtentMap(PIECE);

    UnwrittenSpace(Syscalls sys, int fd, long block) {
        this.sys = sys;
        this.fd = fd;
        this.block = block;
    }

    /** Whether the file system can tell. */
    static boolean isKnown(Syscalls sys, int fd) {
        return sys.fiemap(fd, 0, 1, 0, 0, 0) >= 0;
    }

    /** Whether nobody has written whole blocks between these two, nor has dirty pages there. */
    boolean isAllFrom(long from, long to) {
        long at = from + block - 1 & -block;
        return at >= to || lastWritten(at, to) == at;
    }

    /**
     * Where the data ends, if the file's end was allocated ahead by somebody who did not live to
     * give it back: to the block. A hole at the end was asked for, and counts as data.
     *
     * @return {@code size} where nothing was left behind
     */
    long dataEnd(long size) {
        long last = size - 1 & -block;
        boolean leftOver =
                size > 0 && ask(last, size - last) == 1 && map.logical(0) <= last && isUnwritten(0);
        if (!leftOver) {
            return size;
        }
        long end = lastWritten(0, size);
        return end < 0 ? size : Math.min(end, size);
    }

    private int ask(long from, long length) {
        return sys.fiemap(fd, from, length, ExtentMap.FLAG_SYNC, PIECE, map.address());
    }

    private boolean isUnwritten(int extent) {
        return (map.flags(extent) & ExtentMap.EXTENT_UNWRITTEN) != 0;
    }

    /** The end of the last extent with data, {@code from} if there is none, -1 for an error. */
    private long lastWritten(long from, long to) {
        long written = from;
        long at = from;
        while (at < to) {
            int found = ask(at, to - at);
            if (found <= 0) {
                return found < 0 ? -1 : written;
            }
            long before = at;
            for (int i = 0; i < found; i++) {
                at = map.logical(i) + map.length(i);
                written = isUnwritten(i) ? written : at;
            }
            if (at <= before) {
                // No map of a file looks like that.
                return -1;
            }
            // However few these were, more may follow: what is taken for space is cut off.
        }
        return written;
    }
}
