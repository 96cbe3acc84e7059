// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

/** A server on loopback, on one epoll loop, and plain sockets to it. */
public final class StreamServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int BACKLOG = 4096;

    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private final ChannelGroup connections = new DefaultChannelGroup(loop);
    private final Channel channel;
    private volatile Channel accepted;

    private StreamServer(Consumer<Channel> pipeline) {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loop)
                        .channel(EpollServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel connection) {
                                        connections.add(connection);
                                        pipeline.accept(connection);
                                        accepted = connection;
                                    }
                                });
        channel =
                bootstrap.bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
    }

    /** Sets the pipeline of every connection. */
    public static StreamServer of(Consumer<Channel> pipeline) {
        return new StreamServer(pipeline);
    }

    /** The loop of the server and of all its connections. */
    public EventLoop loop() {
        return loop;
    }

    /** The server's side of the last connection; {@code null} before there is one. */
    public Channel accepted() {
        return accepted;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** A client whose reads fail after half a minute. */
    public Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(address());
        return socket;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        loops.close();
    }
}
