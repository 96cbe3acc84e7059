// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.ExtentMap;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Finds space at a file's end that was allocated and never written. Cutting it off loses nothing:
 * {@code SEEK_DATA} takes it for a hole, and finds whatever anybody has written. On helpers.
 */
final class SizeRecovery {
    /** How many extents are asked for at a time. */
    private static final int PIECE = 32;

    private SizeRecovery() {}

    /** Whether the file still has the size that we gave it, and nobody wrote behind the data. */
    static boolean isUntouched(Syscalls sys, int fd, long dataEnd, long size, int block) {
        return sys.lseek(fd, 0, OpenFlags.SEEK_END) == size
                && isEmptyFrom(sys, fd, roundUp(dataEnd, block), size);
    }

    private static boolean isEmptyFrom(Syscalls sys, int fd, long from, long size) {
        return from >= size
                || sys.lseek(fd, from, OpenFlags.SEEK_DATA) == -Errno.ENXIO
                || isUnwrittenFrom(sys, fd, from, size);
    }

    /**
     * {@code SEEK_DATA} also finds what has merely been read: the pages that a buffered reader's
     * readahead leaves in the cache. What is on the disk once the dirty pages are decides.
     */
    private static boolean isUnwrittenFrom(Syscalls sys, int fd, long from, long size) {
        ExtentMap map = new ExtentMap(PIECE);
        long at = from;
        int flags = ExtentMap.FLAG_SYNC;
        while (at < size) {
            int found = sys.fiemap(fd, at, size - at, flags, PIECE, map.address());
            for (int i = 0; i < found; i++) {
                if ((map.flags(i) & ExtentMap.EXTENT_UNWRITTEN) == 0) {
                    return false;
                }
            }
            if (found < PIECE) {
                return found >= 0;
            }
            at = map.logical(found - 1) + map.length(found - 1);
            flags = 0;
        }
        return true;
    }

    /**
     * Cuts off what a crashed writer had allocated ahead. A hole at the end stays: nobody allocates
     * one, so it was asked for.
     *
     * @return the size now
     */
    static long cutUnwrittenTail(Syscalls sys, int fd, Path path, long size, int block)
            throws IOException {
        long last = (size - 1) & -(long) block;
        if (size == 0 || !isUnwritten(sys, fd, last, size)) {
            return size;
        }
        long dataEnd = dataEnd(sys, fd, size, block);
        if (dataEnd >= size || !isUnwritten(sys, fd, dataEnd, size)) {
            return size;
        }
        int result = sys.ftruncate(fd, dataEnd);
        if (result < 0) {
            throw Errors.of(result, "truncate", path, -1, dataEnd);
        }
        return dataEnd;
    }

    /** The first block from which on there is no data, by halves. */
    private static long dataEnd(Syscalls sys, int fd, long size, int block) {
        long data = 0;
        long empty = roundUp(size, block) / block;
        while (data < empty) {
            long middle = (data + empty) >>> 1;
            if (isEmptyFrom(sys, fd, middle * block, size)) {
                empty = middle;
            } else {
                data = middle + 1;
            }
        }
        return empty * block;
    }

    /** Whether a range begins with space that is allocated and not written. */
    private static boolean isUnwritten(Syscalls sys, int fd, long from, long size) {
        if (!isEmptyFrom(sys, fd, from, size)) {
            return false;
        }
        ExtentMap map = new ExtentMap(1);
        return sys.fiemap(fd, from, size - from, 0, 1, map.address()) == 1
                && map.logical(0) <= from
                && (map.flags(0) & ExtentMap.EXTENT_UNWRITTEN) != 0;
    }

    private static long roundUp(long position, int block) {
        long up = position + block - 1;
        return up < 0 ? Long.MAX_VALUE : up & -(long) block;
    }
}
