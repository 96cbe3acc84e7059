// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's {@link AsynchronousFileChannel}, with a thread for each slot up to 32. */
final class AsynchronousChannelRaw extends BufferedRaw
        implements CompletionHandler<Integer, Integer> {
    private AsynchronousFileChannel channel;
    private ExecutorService threads;

    @Override
    void open(String path) throws IOException {
        Set<OpenOption> options =
                new HashSet<>(List.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT));
        if (write) {
            options.add(StandardOpenOption.WRITE);
        }
        threads = Executors.newFixedThreadPool(Math.min(depth, ThreadPoolRaw.THREADS));
        channel = AsynchronousFileChannel.open(Path.of(path), options, threads);
    }

    @Override
    void start(int slot, long position) {
        if (write) {
            channel.write(memory(slot), position, slot, this);
        } else {
            channel.read(memory(slot), position, slot, this);
        }
    }

    @Override
    public void completed(Integer count, Integer slot) {
        done(slot, count);
    }

    @Override
    public void failed(Throwable cause, Integer slot) {
        done(slot, -EIO);
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
