// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Somebody else's reads and writes on the same disk, at its end, which no file system has. A
 * throttled disk that was idle lets its first two accesses pass at once; after these nobody's does.
 */
final class Neighbour implements AutoCloseable {
    private static final int BLOCK = 4096;
    private static final int ACCESSES = 3;

    private final FileChannel device;
    private final ExecutorService readers = daemons();
    private final ExecutorService writers = daemons();

    Neighbour(Path path) throws IOException {
        device =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        ExtendedOpenOption.DIRECT);
    }

    private static ExecutorService daemons() {
        return Executors.newFixedThreadPool(
                ACCESSES,
                task -> {
                    Thread thread = new Thread(task, "neighbour");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Begins some reads and some writes; what an earlier call began is still waited for. */
    void knock() {
        for (int i = 0; i < ACCESSES; i++) {
            ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK);
            block.limit(BLOCK);
            long position = i;
            readers.submit(() -> device.read(block.duplicate(), at(position)));
            writers.submit(() -> device.write(block.duplicate(), at(ACCESSES + position)));
        }
    }

    private long at(long block) throws IOException {
        return device.size() - (block + 1) * BLOCK;
    }

    @Override
    public void close() throws IOException {
        readers.shutdown();
        writers.shutdown();
        device.close();
    }
}
