// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A channel of the JDK's and its threads, one for each slot up to 32. */
abstract class ChannelRaw<C extends Channel> extends BufferedRaw {
    private static final int THREADS = 32;

    C channel;
    ExecutorService threads;

    @Override
    final void open(String path) throws IOException {
        Set<OpenOption> options =
                new HashSet<>(List.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT));
        if (write) {
            options.add(StandardOpenOption.WRITE);
        }
        threads = Executors.newFixedThreadPool(Math.min(depth, THREADS));
        channel = open(Path.of(path), options);
    }

    abstract C open(Path path, Set<OpenOption> options) throws IOException;

    @Override
    public final void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
        if (threads != null) {
            threads.shutdown();
        }
    }
}
