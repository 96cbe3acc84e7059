// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.vertx;

import io.github.aionetty.examples.samples.HttpSampleContract;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;

class VertxFileServerTest extends HttpSampleContract {
    private Vertx vertx;

    @Override
    protected int start() throws Exception {
        vertx = Vertx.builder().withTransport(Transport.EPOLL).build();
        VertxFileServer server = new VertxFileServer(root);
        vertx.deployVerticle(server).await();
        return server.port();
    }

    @Override
    protected void stop() {
        vertx.close().await();
    }

    @Override
    protected List<EventLoop> loops() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            loops.add((EventLoop) loop);
        }
        return loops;
    }

    /** One chunk, over Netty's high-water mark by another, and what is read ahead. */
    @Override
    protected long heldForASlowClient() {
        return 8 * 64 * 1024;
    }
}
