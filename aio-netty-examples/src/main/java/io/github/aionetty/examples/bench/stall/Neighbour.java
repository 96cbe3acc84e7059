// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Somebody else's reads and writes on the same disk, at its end, which no file system has. A
 * throttled disk that was idle lets the accesses of a tenth of a second pass at once; these use
 * them up, so that whoever comes next has to wait.
 */
final class Neighbour implements AutoCloseable {
    private static final int BLOCK = 4096;
    private static final int SLICES_PER_SECOND = 10;

    /** More than what passes at once takes: others are waited for already. */
    private static final int BUSY_MILLIS = 20;

    private final FileChannel device;
    private final long end;
    private final int accesses;
    private final ExecutorService reader = daemon();
    private final ExecutorService writer = daemon();
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);

    Neighbour(Path path, int iops) throws IOException {
        accesses = iops / SLICES_PER_SECOND;
        device =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        ExtendedOpenOption.DIRECT);
        end = device.size();
    }

    private static ExecutorService daemon() {
        return Executors.newSingleThreadExecutor(
                task -> {
                    Thread thread = new Thread(task, "neighbour");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Keeps the disk busy; returns when it is, and what it began goes on. */
    void knock() throws InterruptedException, IOException {
        Future<?> reads = null;
        Future<?> writes = null;
        for (int i = 0; i <= accesses; i++) {
            // The last of each is not waited for: it waits itself.
            boolean last = i == accesses;
            Future<?> read = reader.submit(() -> device.read(block.duplicate(), end - BLOCK));
            Future<?> write = writer.submit(() -> device.write(block.duplicate(), end - 2 * BLOCK));
            reads = last ? reads : read;
            writes = last ? writes : write;
        }
        passed(reads);
        passed(writes);
    }

    private static void passed(Future<?> access) throws InterruptedException, IOException {
        try {
            if (access != null) {
                access.get(BUSY_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            // Busy.
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        reader.shutdown();
        writer.shutdown();
        device.close();
    }
}
