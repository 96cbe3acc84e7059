// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.reactor;

import io.github.aionetty.examples.samples.HttpSampleContract;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.netty.DisposableServer;

class ReactorFileServerTest extends HttpSampleContract {
    private EventLoopGroup group;
    private DisposableServer server;

    @Override
    protected int start() {
        group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
        server = ReactorFileServer.start(group, root);
        return server.port();
    }

    @Override
    protected void stop() {
        server.disposeNow();
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Override
    protected List<EventLoop> loops() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        return loops;
    }

    /** What Reactor Netty asks for in advance, and what is read ahead. */
    @Override
    protected long heldForASlowClient() {
        return (128 + 8) * 32 * 1024;
    }
}
