// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.LastWrites;
import io.github.aionetty.examples.bench.Stamps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** For a file of ours: its stamps, and behind them a number of this run's in what it wrote. */
final class StampCheck implements Check {
    private final Words words;
    private final int blockSize;
    private final LongAdder checked = new LongAdder();
    private final LastWrites written = new LastWrites();

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
            words.put(address + i + Long.BYTES, LastWrites.RUN);
        }
        written.add(position);
    }

    @Override
    public long finish(Path path) throws IOException {
        return checked.sum() + written.check(path, blockSize);
    }
}
