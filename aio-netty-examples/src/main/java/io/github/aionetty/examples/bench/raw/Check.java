// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.io.IOException;
import java.nio.file.Path;

/** Whether the bytes are right. Any thread. */
interface Check {
    /**
     * Looks at what was read, or keeps what is needed to look later.
     *
     * @param address of its memory
     * @throws IllegalStateException if the bytes are wrong
     */
    void read(long position, long address);

    /** Puts into memory what is to be written. */
    void fill(long position, long address);

    /**
     * Looks at what can be seen only now, when all is done.
     *
     * @return how many transfers have been looked at
     * @throws IOException if bytes are wrong
     */
    long finish(Path path) throws IOException;
}
