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
 * <p>A slab is unmapped when its loop has done without it for {@code
 * -Dio.github.aionetty.slabIdleMillis}, 10,000 by default and 0 for never: after that time at the
 * earliest, and about twice as long at the latest. Those of a context that closes go with it.
 *
 * <p>Each loop has slabs of its own, and a context's other threads share some. Where the cap is
 * met, idle ones of those serve the next request to them at once. All others are asked to give idle
 * ones back, and do so a moment later: the first request that needs them may fail, and one that is
 * made soon after finds room. A request that is larger than the cap costs nobody his slabs.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2), MADV_HUGEPAGE</a>
 */
public final class AioBuffers {
    private AioBuffers() {}

    /**
     * Memory mapped now: used, held for reuse, or given back and still to be unmapped, which a
     * helper thread sees to.
     *
     * @return bytes, a multiple of the page size
     */
    public static long slabMemory() {
        return SlabMemory.INSTANCE.mapped();
    }

    /**
     * The part of {@link #slabMemory()} that is in buffers not yet released, counted in what they
     * take up: whole pages, and powers of two up to a slab. Costs nothing until it is asked for,
     * and is then read while loops go on, so for busy ones not to the buffer. What another thread
     * than the loop has released counts until the loop takes it up: when it needs it, or in one of
     * its looks for idle slabs. A slab of a closed context counts as a whole until its last buffer
     * is released.
     *
     * @return bytes; where they stay above 0 without work, somebody does not release
     */
    public static long usedSlabMemory() {
        return SlabMemory.INSTANCE.used();
    }

    /**
     * Slabs that were unmapped because they had been idle. Where this grows all the time, a longer
     * {@code slabIdleMillis} saves mapping them again.
     *
     * @return slabs, since the start of the JVM
     */
    public static long trimmedSlabs() {
        return SlabMemory.INSTANCE.trimmed();
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
