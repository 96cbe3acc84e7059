// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Event loops that end without a quiet period, and are waited for. */
public final class TestLoops implements AutoCloseable {
    private final EventLoopGroup group;

    private TestLoops(int loops, String name, IoHandlerFactory factory) {
        group =
                new MultiThreadIoEventLoopGroup(
                        loops, new DefaultThreadFactory(name, true), factory);
    }

    /** Loops on epoll. */
    public static TestLoops epoll(int loops) {
        return new TestLoops(loops, "test-epoll", EpollIoHandler.newFactory());
    }

    /** Loops on the JDK's selector, which kernel AIO cannot serve. */
    public static TestLoops nio(int loops) {
        return new TestLoops(loops, "test-nio", NioIoHandler.newFactory());
    }

    /** The loops in turn. */
    public EventLoop next() {
        return group.next();
    }

    /** Runs something on a loop and waits for it. */
    public static void run(EventLoop loop, Runnable task) {
        Futures.get(loop.submit(task));
    }

    @Override
    public void close() {
        Futures.get(group.shutdownGracefully(0, 10, TimeUnit.SECONDS));
    }
}
