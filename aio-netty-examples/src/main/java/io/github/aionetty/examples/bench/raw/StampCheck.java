// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.Stamps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** For a file of ours: its stamps, and behind them a number of this run's in what it wrote. */
final class StampCheck implements Check {
    private static final int KEPT = 1024;

    private final Words words;
    private final int blockSize;
    private final long run = System.nanoTime() | 1;
    private final LongAdder checked = new LongAdder();

    /** Where was written last. */
    private final long[] written = new long[KEPT];

    private final AtomicInteger writes = new AtomicInteger();

    StampCheck(Words words, int blockSize) {
        this.words = words;
        this.blockSize = blockSize;
    }

    @Override
    public void read(long position, long address) {
        for (int i = 0; i < blockSize; i += Stamps.BLOCK) {
            if (words.get(address + i) != Stamps.at(position + i)) {
                throw new IllegalStateException("wrong bytes read at " + (position + i));
            }
        }
        checked.increment();
    }

    @Override
    public void fill(long position, long address) {
        for (int i = 0; i < blockSize; i += Stamps.BLOCK) {
            words.put(address + i, Stamps.at(position + i));
            words.put(address + i + Long.BYTES, run);
        }
        written[writes.getAndIncrement() & KEPT - 1] = position;
    }

    @Override
    public long finish(Path path) throws IOException {
        int count = Math.min(KEPT, writes.get());
        ByteBuffer words = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            for (int i = 0; i < count; i++) {
                for (int at = 0; at < blockSize; at += Stamps.BLOCK) {
                    file.read(words.clear(), written[i] + at);
                    if (words.getLong(0) != Stamps.at(written[i] + at)
                            || words.getLong(Long.BYTES) != run) {
                        throw new IOException("a write is not in the file, at " + written[i]);
                    }
                }
            }
        }
        return checked.sum() + count;
    }
}
