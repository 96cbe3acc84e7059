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

    /** What was touched since the last check. */
    private long from = Long.MAX_VALUE;

    private long to;

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
        touch(position, position + length);
        size = Math.max(size, position + length);
        return seed;
    }

    /** Notes that the file has been cut or extended. */
    synchronized void truncate(long newSize) {
        writes.add(new Written(newSize, Long.MAX_VALUE, Pattern.ZEROS));
        touch(newSize, newSize);
        size = newSize;
    }

    /** Notes that space was allocated up to {@code end}. */
    synchronized void allocate(long end) {
        touch(end, end);
        size = Math.max(size, end);
    }

    private void touch(long start, long end) {
        from = Math.min(from, start);
        to = Math.max(to, end);
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
        from = Long.MAX_VALUE;
        to = 0;
    }

    /** Compares the file with all that was noted since the last check, and its size. */
    synchronized void check(Path path) throws IOException {
        if (from > to) {
            return;
        }
        long start = Math.max(0, from - MARGIN);
        byte[] expected = bytes(start, Math.toIntExact(to + MARGIN - start));
        checked();
        try (FileChannel file = FileChannel.open(path)) {
            if (file.size() != size) {
                throw new IOException(path + ": size=" + file.size() + " expected=" + size);
            }
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
}
