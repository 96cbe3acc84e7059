// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running file server: its loops, its listening socket and its connections. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** What responses in flight get when the server stops; with the rest below 10 s. */
    static final int DRAIN_SECONDS = 4;

    private static final int SWEEP_SECONDS = 5;

    /** Above one chunk in the socket's queue a connection reads nothing more from its file. */
    static final WriteBufferWaterMark QUEUED =
            new WriteBufferWaterMark(BodySender.CHUNK / 2, BodySender.CHUNK);

    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Channel listener;
    private MetricsRoute metrics;
    private Disks disks;
    private boolean stopping;

    private HttpServer(EventLoopGroup loops) {
        this.loops = loops;
    }

    /**
     * Starts to serve; returns when connections are accepted.
     *
     * @param config what and where
     * @return the running server
     * @throws IOException if the root cannot be resolved or the address is not to be had
     */
    public static HttpServer start(ServerConfig config) throws IOException {
        return start(config, Transport.best());
    }

    static HttpServer start(ServerConfig config, Transport transport) throws IOException {
        HttpServer server = new HttpServer(transport.loops(config.loops()));
        try {
            server.logEngine(transport);
            Site site = server.site(config);
            SslContext tls =
                    config.tls() == null ? null : TlsContext.of(config.tls(), config.address());
            server.listen(config.address(), transport, site, tls);
        } catch (IOException | RuntimeException | Error e) {
            server.stop();
            throw e;
        }
        return server;
    }

    private Site site(ServerConfig config) throws IOException {
        FileCache cache = new FileCache(config.openFiles());
        loops.scheduleWithFixedDelay(cache::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        disks = new Disks(loops, cache, config);
        Map<String, Route> routes = new HashMap<>();
        List<ExchangeObserver> observers = new ArrayList<>();
        if (config.metrics()) {
            PrometheusMeterRegistry registry =
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            observers.add(new ServerMetrics(registry, connections, loops));
            metrics = new MetricsRoute(registry);
            routes.put(MetricsRoute.PATH, metrics);
        }
        if (config.accessLog()) {
            observers.add(new AccessLog());
        }
        config.texts().forEach((path, text) -> routes.put(path, new FixedText(text)));
        return new Site(config.limits(), config.upload(), disks, routes, observers);
    }

    /** Makes every loop's context now, so that a missing engine shows before the first request. */
    private void logEngine(Transport transport) {
        AioEngine engine = null;
        int count = 0;
        for (EventExecutor loop : loops) {
            engine = AioContext.of((EventLoop) loop).engine();
            count++;
        }
        LOG.info("loops={} transport={} engine={}", count, transport, engine);
    }

    private void listen(InetSocketAddress address, Transport transport, Site site, SslContext tls)
            throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap();
        transport.giveUpAfter(bootstrap, site.limits().sendTime());
        ChannelFuture bound =
                bootstrap
                        .group(loops)
                        .channel(transport.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        // One request at a time: RequestDecoder says when it wants bytes.
                        .childOption(ChannelOption.AUTO_READ, false)
                        // A client may shut down its side and still wait for the answer.
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUED)
                        .childHandler(new ConnectionInitializer(connections, site, tls))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on "
                            + address.getAddress().getHostAddress()
                            + ":"
                            + address.getPort()
                            + ": "
                            + bound.cause().getMessage()
                            + "; choose another --host or --port (0 takes a free port)",
                    bound.cause());
        }
        listener = bound.channel();
    }

    /**
     * Where it listens.
     *
     * @return the address with the real port
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    int connections() {
        return connections.size();
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** Blocks until {@link #stop()} has done its work. */
    public void awaitStopped() {
        boolean interrupted = false;
        while (true) {
            try {
                stopped.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Accepts no more, lets responses in flight finish for a few seconds, closes what is left and
     * ends the loops. Blocks, for less than 10 s.
     */
    public void stop() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        for (Channel connection : connections) {
            connection.pipeline().fireUserEventTriggered(Drain.INSTANCE);
        }
        connections.newCloseFuture().awaitUninterruptibly(DRAIN_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        if (metrics != null) {
            metrics.close();
        }
        if (disks != null) {
            disks.close();
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(4, TimeUnit.SECONDS);
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
    }
}
