// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/** Where was written last, so that it can be seen whether that is in the file. Any thread. */
public final class LastWrites {
    /**
     * What each block that is written has behind its stamp: a number of this JVM's, for the stamp
     * was there before.
     */
    public static final long RUN = System.nanoTime() | 1;

    private static final int KEPT = 1024;

    private final long[] positions = new long[KEPT];
    private final AtomicInteger writes = new AtomicInteger();

    /** None yet. */
    public LastWrites() {}

    /**
     * Notes one that begins.
     *
     * @param position of a block that has its stamp and {@link #RUN}
     */
    public void add(long position) {
        positions[writes.getAndIncrement() & KEPT - 1] = position;
    }

    /**
     * Reads them back, when all are done.
     *
     * @param path the file
     * @param size of each write
     * @return how many there were to look at
     * @throws IOException if one is not in the file
     */
    public int check(Path path, int size) throws IOException {
        int count = Math.min(KEPT, writes.get());
        ByteBuffer words = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            for (int i = 0; i < count; i++) {
                for (int at = 0; at < size; at += Stamps.BLOCK) {
                    file.read(words.clear(), positions[i] + at);
                    if (words.getLong(0) != Stamps.at(positions[i] + at)
                            || words.getLong(Long.BYTES) != RUN) {
                        throw new IOException("a write is not in the file, at " + positions[i]);
                    }
                }
            }
        }
        return count;
    }
}
