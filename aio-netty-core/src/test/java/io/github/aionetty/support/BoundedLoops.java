// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Epoll loops that reject tasks while they live, as {@code io.netty.eventLoop.maxPendingTasks}. */
public final class BoundedLoops extends MultiThreadIoEventLoopGroup implements AutoCloseable {
    private static final int MAX_PENDING = 64;

    public BoundedLoops() {
        super(1, new DefaultThreadFactory("test-bounded", true), EpollIoHandler.newFactory());
    }

    /** With the constructor that loops of one's own queues have. */
    private static final class Loop extends SingleThreadIoEventLoop {
        Loop(BoundedLoops group, Executor executor, IoHandlerFactory factory) {
            super(
                    group,
                    executor,
                    factory,
                    new LinkedBlockingQueue<>(MAX_PENDING),
                    new LinkedBlockingQueue<>(),
                    RejectedExecutionHandlers.reject());
        }
    }

    @Override
    protected IoEventLoop newChild(
            Executor executor, IoHandlerFactory factory, Object... arguments) {
        return new Loop(this, executor, factory);
    }

    /** Fills the loop's queue to the last place. */
    public static void fill(EventLoop loop) {
        try {
            while (true) {
                loop.execute(() -> {});
            }
        } catch (RejectedExecutionException full) {
            if (loop.isShuttingDown()) {
                throw full;
            }
        }
    }

    /** Keeps the loop in a task, its queue full, until the latch is counted down. */
    public static CountDownLatch fillAndHold(EventLoop loop) {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        loop.execute(
                () -> {
                    holding.countDown();
                    Intercepted.hang(go);
                });
        Intercepted.hang(holding);
        fill(loop);
        return go;
    }

    @Override
    public void close() {
        Futures.get(shutdownGracefully(0, 10, TimeUnit.SECONDS));
    }
}
