// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import java.nio.file.OpenOption;

/** Open options beyond {@link java.nio.file.StandardOpenOption}. */
public enum AioOpenOption implements OpenOption {
    /**
     * {@code O_DIRECT}: transfers go between the device and the buffer, past the page cache. Any
     * position, length and buffer is still correct; aligned ones are free of copies. Opening fails
     * where the file system refuses it.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2), O_DIRECT</a>
     */
    DIRECT,

    /**
     * For appending writers, beside {@code WRITE}: space is allocated ahead of the data, as much
     * again as the file has, at least 1 and at most 256 MiB, so that appends do not extend the file
     * one by one: with {@link #DIRECT}, whole blocks are then written from the event loop.
     *
     * <p>{@link AioFile#size()} and reads of this process end where the data ends; other processes,
     * and {@link AioFiles#attributes}, see the larger size until the last such handle is closed,
     * which sets the exact one, unless somebody else has written behind the data. After a crash the
     * size stays large; the next open with this option cuts off what was allocated at the end and
     * never written, to the block. Where space cannot be allocated the file grows by its writes.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
     */
    ALLOCATE_AHEAD
}
