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
    DIRECT
}
