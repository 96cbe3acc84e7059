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
     * For appending writers, beside {@code WRITE} and {@link #DIRECT}, on ext4 and xfs; elsewhere
     * it does nothing. Space is allocated ahead of the data, as much again as the file has, at
     * least 1 and at most 256 MiB, so that appends of whole blocks do not extend the file: they run
     * side by side, and on xfs are written from the event loop. Where there is no space the file
     * grows by its writes.
     *
     * <p>{@link AioFile#size()} and reads of this process end where the data ends; other processes,
     * and {@link AioFiles}, see the larger size until the last such handle is closed, which sets
     * the exact one, unless somebody else has written behind the data. After a crash the size stays
     * large, until a file that is opened with this option is closed again: what was allocated at
     * the end and never written does not count as data for it, to the block, if nobody else in this
     * process has the file open for writing; nor does it where a truncate has made it the end.
     * Several processes may open one file so; they see each other by locks of bytes far behind the
     * data.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
     */
    ALLOCATE_AHEAD
}
