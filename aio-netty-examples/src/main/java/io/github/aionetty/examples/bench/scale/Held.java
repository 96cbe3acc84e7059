// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioBuffers;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory in use, exactly: what of the heap outlives a collection; direct buffers (iocbs), slabs of
 * buffers, and the kernel's completion rings that are mapped here. What the process takes from the
 * system besides, for threads, compiled code and in malloc, comes and goes by megabytes with
 * anything, and what the kernel has for an open file it does not tell.
 */
record Held(long heap, long nativeBytes) {
    private static final Path MAPS = Path.of("/proc/self/smaps");
    private static final String RING = "/[aio]";
    private static final int KIB = 1024;
    private static final int TRIES = 8;

    /** Now; collects garbage until nothing goes any more. */
    static Held now() throws IOException {
        Held held = collected();
        for (int i = 0; i < TRIES; i++) {
            Held before = held;
            held = collected();
            if (held.equals(before)) {
                break;
            }
        }
        return held;
    }

    Held minus(Held before) {
        return new Held(heap - before.heap, nativeBytes - before.nativeBytes);
    }

    private static Held collected() throws IOException {
        System.gc();
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                // As the collection left it: whoever has allocated since, took a lot at once.
                heap += pool.getCollectionUsage().getUsed();
            }
        }
        long outside = AioBuffers.slabMemory() + rings();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            outside += pool.getMemoryUsed();
        }
        return new Held(heap, outside);
    }

    private static long rings() throws IOException {
        long kib = 0;
        boolean ring = false;
        for (String line : Files.readAllLines(MAPS)) {
            String[] words = line.split(" +");
            if (!words[0].endsWith(":")) {
                ring = line.contains(RING);
            } else if (ring && words[0].equals("Size:")) {
                kib += Long.parseLong(words[1]);
            }
        }
        return kib * KIB;
    }
}
