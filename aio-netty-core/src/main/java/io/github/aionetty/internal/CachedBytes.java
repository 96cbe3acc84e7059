// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.Syscalls;

/**
 * How many bytes of a file the page cache holds, asked of the kernel: by cachestat, and where that
 * is missing, refused, or says nothing of the file, by mincore. On helpers.
 *
 * <p>Not by a read with RWF_NOWAIT, for whom both are refused: a page that is missing is read from
 * the device then, one at least, also where read-ahead is switched off by POSIX_FADV_RANDOM.
 */
final class CachedBytes {
    private final Syscalls sys;
    private final int fd;
    private final boolean stacked;

    // No constant: the class has to load without the native library, which is asked here.
    private final long pageSize = Memory.pageSize();

    /**
     * Asks nothing yet.
     *
     * @param stacked whether the file's pages are another file's, below it
     */
    CachedBytes(Syscalls sys, int fd, boolean stacked) {
        this.sys = sys;
        this.fd = fd;
        this.stacked = stacked;
    }

    /** Bytes of a range that ends with the file at the latest; 0 where the kernel does not tell. */
    long between(long from, long to) {
        if (from >= to) {
            return 0;
        }
        long first = from & -pageSize;
        long end = (to - 1 & -pageSize) + pageSize;
        long pages = pages(first, end);
        if (pages <= 0) {
            return 0;
        }
        if (pages >= (end - first) / pageSize) {
            return to - from;
        }
        // Of the first and the last page the range may have a part only.
        long outside = outside(first, from - first) + outside(end - pageSize, end - to);
        // Pages come and go meanwhile.
        return Math.max(0, Math.min(pages * pageSize - outside, to - from));
    }

    private long outside(long page, long bytes) {
        return bytes > 0 && pages(page, page + pageSize) > 0 ? bytes : 0;
    }

    private long pages(long from, long to) {
        long counted = stacked ? -1 : sys.cachestat(fd, from, to - from);
        return counted >= 0 ? counted : sys.mincore(fd, from, to - from);
    }
}
