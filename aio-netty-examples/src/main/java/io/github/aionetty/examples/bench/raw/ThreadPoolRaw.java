// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** Positional transfers of a {@link FileChannel} on threads, one for each slot up to 32. */
final class ThreadPoolRaw extends ChannelRaw<FileChannel> {
    private Task[] tasks;

    @Override
    FileChannel open(Path path, Set<OpenOption> options) throws IOException {
        tasks = new Task[depth];
        for (int i = 0; i < depth; i++) {
            tasks[i] = new Task(i);
        }
        return FileChannel.open(path, options);
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
}
