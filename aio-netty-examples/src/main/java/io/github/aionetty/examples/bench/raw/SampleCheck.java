// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** For any file: some of what was read is read once more, by other means. */
final class SampleCheck implements Check {
    private static final int KEPT = 1024;
    private static final long FACTOR = 0x9fb21c651e98df25L;

    private final Words words;
    private final int blockSize;
    private final long[] positions = new long[KEPT];
    private final long[] hashes = new long[KEPT];

    /** The last ones are kept. */
    private int seen;

    SampleCheck(Words words, int blockSize) {
        this.words = words;
        this.blockSize = blockSize;
    }

    @Override
    public void read(long position, long address) {
        long hash = 0;
        for (int at = 0; at < blockSize; at += Long.BYTES) {
            hash = mixed(hash, words.get(address + at));
        }
        keep(position, hash);
    }

    private synchronized void keep(long position, long hash) {
        int i = seen++ & KEPT - 1;
        positions[i] = position;
        hashes[i] = hash;
    }

    private static long mixed(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * FACTOR, 29);
    }

    @Override
    public void fill(long position, long address) {
        throw new IllegalStateException("a file of others is only read");
    }

    @Override
    public synchronized long finish(Path path) throws IOException {
        int count = Math.min(KEPT, seen);
        ByteBuffer again = ByteBuffer.allocate(blockSize).order(ByteOrder.nativeOrder());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            for (int i = 0; i < count; i++) {
                again.clear();
                while (again.hasRemaining()
                        && file.read(again, positions[i] + again.position()) > 0) {}
                long hash = 0;
                for (int at = 0; at < blockSize; at += Long.BYTES) {
                    hash = mixed(hash, again.getLong(at));
                }
                if (hash != hashes[i]) {
                    throw new IOException(
                            "wrong bytes read at "
                                    + positions[i]
                                    + ", or somebody is writing to the file");
                }
            }
        }
        return count;
    }
}
