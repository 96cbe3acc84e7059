// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;

/** A file that takes up what a file system has, but for a little. */
final class Filler {
    private Filler() {}

    /** Leaves {@code leave} bytes. */
    static void make(Path path, long leave) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            AioFile file =
                    AioContext.of(group.next())
                            .open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                            .get();
            for (long piece = 1L << 30; piece >= 1 << 20; piece /= 2) {
                fill(file, piece);
            }
            file.truncate(file.size().get() - leave).get();
            file.close().get();
        } finally {
            group.shutdownGracefully().sync();
        }
    }

    private static void fill(AioFile file, long piece) throws InterruptedException {
        try {
            while (true) {
                file.allocate(file.size().get(), piece).get();
            }
        } catch (ExecutionException full) {
            // Smaller pieces may fit.
        }
    }
}
