// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

/**
 * Where a transfer was submitted, and why: what {@link AioMetrics#routed} counts. A transfer that
 * could block inside of {@code io_submit} is submitted by a helper thread, to the same kernel
 * context, so that it completes on the loop like any other.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_submit.2.html">io_submit(2)</a>
 */
public enum AioRoute {
    /** On the loop: the kernel has a queue of its own for it (fsync, fdatasync). */
    LOOP,

    /** On the loop, with {@code RWF_NOWAIT}: done at once, under way, or refused. */
    NOWAIT,

    /** By a helper, after the kernel has refused to do it without waiting. */
    REFUSED,

    /** By a helper: the last ones of this file were refused, so only some still ask. */
    LEARNED,

    /**
     * By a helper: the file system knows no {@code RWF_NOWAIT}, or blocks all the same, as for the
     * first direct read and write since a file of it is open.
     */
    FILE_SYSTEM,

    /** By a helper: a buffered read of what is not known to be in the page cache. */
    UNCACHED,

    /** By a helper, which loads the extent map of this part of the file first. */
    COLD_EXTENTS,

    /** By a helper: more than 8 KiB where the file is fragmented, many requests at once. */
    FRAGMENTED,

    /** By a helper: a short while ago {@code io_submit} has blocked for this device. */
    RESTING,

    /** By a helper: the first read, which may update the access time ({@code O_NOATIME} denied). */
    ACCESS_TIME,

    /** By a helper: a write through the page cache. */
    PAGE_CACHE,

    /**
     * By a helper: a write that extends the file, fills a hole, or may do so; on ext4 also the
     * first one into space that was allocated.
     */
    UNMAPPED,

    /** By a helper: an overwrite while another operation changes the inode. */
    BUSY,

    /** By a helper: an overwrite that could wait for the file system's journal. */
    JOURNAL,

    /** By a helper: this context, or this file, has no kernel AIO. */
    THREAD_POOL
}
