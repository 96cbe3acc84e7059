// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.routing;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps so many operations in flight on one loop, and counts those that complete in a while. */
final class Load {
    static final int BLOCK = 4096;
    private static final int DEPTH = 32;
    private static final long SIZE = 256L << 20;

    final Workload workload;
    private final SplittableRandom random = new SplittableRandom(42);
    private final CountDownLatch idle = new CountDownLatch(DEPTH);

    /** Confined to the loop. */
    private long completed;

    private volatile boolean stopped;

    Load(Workload workload) {
        this.workload = workload;
    }

    /** The file of all workloads: each block begins with its position. */
    static void prepare(Path path) throws IOException {
        if (Files.exists(path) && Files.size(path) == SIZE) {
            return;
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < SIZE; at += piece.capacity()) {
                for (int i = 0; i < piece.capacity(); i += BLOCK) {
                    piece.putLong(i, at + i);
                }
                file.write(piece.clear(), at);
            }
            file.force(true);
        }
    }

    long nextPosition() {
        return (random.nextInt() & 0x7fffffffL) % (SIZE / BLOCK) * BLOCK;
    }

    /** On the loop: whether there is to be another one. */
    boolean completed() {
        completed++;
        if (stopped) {
            idle.countDown();
        }
        return !stopped;
    }

    void stop() {
        stopped = true;
        idle.countDown();
    }

    /**
     * Runs it.
     *
     * @return operations a second
     */
    double run(Path path, double warmSeconds, double seconds) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            EventLoop loop = group.next();
            AioContext context = AioContext.builder(loop).capacity(256).build();
            AioFile file =
                    context.open(
                                    path,
                                    workload.options,
                                    new java.nio.file.attribute.FileAttribute<?>[0])
                            .sync()
                            .getNow();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            List<ByteBuf> blocks = new ArrayList<>();
            for (int i = 0; i < DEPTH; i++) {
                ByteBuf block = context.alloc().directBuffer(BLOCK, BLOCK);
                blocks.add(block);
                Slot slot = new Slot(this, file, block, failure);
                loop.execute(slot::start);
            }
            pause(warmSeconds);
            long from = System.nanoTime();
            long first = loop.submit(() -> completed).sync().getNow();
            pause(seconds);
            long last = loop.submit(() -> completed).sync().getNow();
            double took = (System.nanoTime() - from) / 1e9;
            stopped = true;
            idle.await(30, TimeUnit.SECONDS);
            if (failure.get() != null) {
                throw new IOException(workload.label() + " failed", failure.get());
            }
            blocks.forEach(ByteBuf::release);
            file.close().sync();
            return (last - first) / took;
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    private static void pause(double seconds) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep((long) (seconds * 1e6));
    }
}
