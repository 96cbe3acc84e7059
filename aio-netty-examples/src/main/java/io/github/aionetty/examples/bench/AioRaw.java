// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import bench.RawContender;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * This library: one epoll loop, and kernel AIO on it. Every slot has an aligned buffer and a
 * promise, which it uses again and again.
 */
public final class AioRaw implements RawContender {
    private static final int EIO = 5;
    private static final int DEFAULT_CAPACITY = 256;

    /** System property: for how many microseconds the loop polls before it sleeps. */
    private static final String BUSY_POLL = "io.github.aionetty.bench.busyPoll";

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    private AioFile file;
    private boolean write;
    private Driver driver;
    private final List<Slot> slots = new ArrayList<>();
    private CountDownLatch left;

    /** For who finds it by its name. */
    public AioRaw() {}

    @Override
    public void open(String path, boolean write, int blockSize, int depth, Driver driver)
            throws Exception {
        this.write = write;
        this.driver = driver;
        // One device gets seven eighths of the capacity.
        AioContext context =
                AioContext.builder(group.next())
                        .engine(AioEngine.KERNEL)
                        .capacity(Math.max(DEFAULT_CAPACITY, 2 * depth))
                        .busyPoll(Integer.getInteger(BUSY_POLL, 0))
                        .build();
        Set<OpenOption> options =
                write
                        ? Set.of(
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                AioOpenOption.DIRECT)
                        : Set.of(StandardOpenOption.READ, AioOpenOption.DIRECT);
        file = context.open(Path.of(path), options).sync().getNow();
        for (int i = 0; i < depth; i++) {
            slots.add(new Slot(i, context.alloc().directBuffer(blockSize, blockSize)));
        }
        left = new CountDownLatch(depth);
    }

    @Override
    public void run() throws InterruptedException {
        group.next().execute(() -> slots.forEach(Slot::start));
        left.await();
    }

    @Override
    public void close() {
        slots.forEach(slot -> slot.memory.release());
        if (file != null) {
            file.close().syncUninterruptibly();
        }
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One transfer in flight. On the loop. */
    private final class Slot extends SlotPromise {
        private final int number;
        private final ByteBuf memory;
        private final long address;
        private final int blockSize;

        Slot(int number, ByteBuf memory) {
            super(file.context().eventLoop());
            this.number = number;
            this.memory = memory;
            this.address = memory.memoryAddress();
            this.blockSize = memory.capacity();
        }

        void start() {
            long position = driver.next(number);
            if (position < 0) {
                left.countDown();
            } else if (write) {
                driver.fill(number, address);
                file.write(memory.setIndex(0, blockSize).retain(), position, this);
            } else {
                file.read(memory.clear(), position, this);
            }
        }

        @Override
        protected void succeeded(int count) {
            driver.done(number, count, address);
            start();
        }

        @Override
        protected void failed(Throwable cause) {
            int errno = cause instanceof AioException e ? e.errno() : EIO;
            driver.done(number, -errno, address);
            start();
        }
    }
}
