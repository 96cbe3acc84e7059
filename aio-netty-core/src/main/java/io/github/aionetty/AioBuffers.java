// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.SlabMemory;

/**
 * The memory behind {@link AioContext#alloc()} and {@link AioFile#read(long, int)}: slabs of 2 MiB,
 * mapped outside of the Java heap and outside of {@code -XX:MaxDirectMemorySize}, advised for huge
 * pages. They have a cap of their own for the whole JVM, {@code -Dio.github.aionetty.maxSlabMemory}
 * in bytes, by default as much as the JVM's direct memory limit.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2), MADV_HUGEPAGE</a>
 */
public final class AioBuffers {
    private AioBuffers() {}

    /**
     * Memory mapped now, used or held for reuse.
     *
     * @return bytes, a multiple of the page size
     */
    public static long slabMemory() {
        return SlabMemory.INSTANCE.mapped();
    }

    /**
     * The cap of {@link #slabMemory()}.
     *
     * @return bytes
     */
    public static long maxSlabMemory() {
        return SlabMemory.INSTANCE.max();
    }
}
