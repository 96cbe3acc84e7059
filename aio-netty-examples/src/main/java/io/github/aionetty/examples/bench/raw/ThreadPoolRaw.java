// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Positional transfers of a {@link FileChannel} on threads, one for each slot up to 32. */
final class ThreadPoolRaw extends BufferedRaw {
    static final int THREADS = 32;

    private FileChannel channel;
    private ExecutorService threads;
    private Task[] tasks;

    @Override
    void open(String path) throws IOException {
        Set<OpenOption> options =
                new HashSet<>(List.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT));
        if (write) {
            options.add(StandardOpenOption.WRITE);
        }
        channel = FileChannel.open(Path.of(path), options);
        threads = Executors.newFixedThreadPool(Math.min(depth, THREADS));
        tasks = new Task[depth];
        for (int i = 0; i < depth; i++) {
            tasks[i] = new Task(i);
        }
    }

    @Override
    void start(int slot, long position) {
        tasks[slot].position = position;
        threads.execute(tasks[slot]);
    }

    /** A slot's transfer, for one after another. */
    private final class Task implements Runnable {
        private final int slot;
        private long position;

        Task(int slot) {
            this.slot = slot;
        }

        @Override
        public void run() {
            int result;
            try {
                result =
                        write
                                ? channel.write(memory(slot), position)
                                : channel.read(memory(slot), position);
            } catch (IOException e) {
                result = -EIO;
            }
            done(slot, result);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
        if (threads != null) {
            threads.shutdown();
        }
    }
}
