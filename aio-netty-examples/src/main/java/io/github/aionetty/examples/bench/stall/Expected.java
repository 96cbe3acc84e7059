// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a file must hold: everything that was written to it, in order. Any thread. */
final class Expected {
    /** What must be unharmed around a write. */
    private static final int MARGIN = 8192;

    private record Written(long start, long end, int seed) {}

    private final List<Written> writes = new ArrayList<>();
    private long size;
    private int seeds = Pattern.ZEROS;

    /** How many of the writes have been checked. */
    private int checked;

    /** The size of the file, with all that was noted. */
    synchronized long size() {
        return size;
    }

    /**
     * Notes a write that does not overlap any other that is under way.
     *
     * @return the seed of its bytes
     */
    synchronized int write(long position, int length) {
        int seed = ++seeds;
        writes.add(new Written(position, position + length, seed));
        size = Math.max(size, position + length);
        return seed;
    }

    /** Notes that the file has been cut or extended. */
    synchronized void truncate(long newSize) {
        writes.add(new Written(newSize, Long.MAX_VALUE, Pattern.ZEROS));
        size = newSize;
    }

    /** Notes that space was allocated up to {@code end}. */
    synchronized void allocate(long end) {
        size = Math.max(size, end);
    }

    /** What a read of {@code length} bytes is to give, less where the file ends. */
    synchronized byte[] bytes(long position, int length) {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(length, size - position))];
        long end = position + bytes.length;
        for (Written write : writes) {
            long last = Math.min(end, write.end);
            for (long at = Math.max(position, write.start); at < last; at++) {
                bytes[(int) (at - position)] = Pattern.at(at, write.seed);
            }
        }
        return bytes;
    }

    /** From now on all that was noted until now counts as checked. */
    synchronized void checked() {
        checked = writes.size();
    }

    /** Compares the file with all that was noted since the last check, and its size. */
    synchronized void check(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            if (file.size() != size) {
                throw new IOException(path + ": size=" + file.size() + " expected=" + size);
            }
            for (Written write : writes.subList(checked, writes.size())) {
                long start = Math.max(0, write.start - MARGIN);
                long end = Math.min(size, write.end) + MARGIN;
                check(path, file, start, bytes(start, (int) Math.max(0, end - start)));
            }
        }
        checked();
    }

    private static void check(Path path, FileChannel file, long start, byte[] expected)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(expected.length);
        while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {
            continue;
        }
        int wrong = Arrays.mismatch(bytes.array(), expected);
        if (wrong >= 0) {
            throw new IOException(path + ": wrong byte at position=" + (start + wrong));
        }
    }
}
