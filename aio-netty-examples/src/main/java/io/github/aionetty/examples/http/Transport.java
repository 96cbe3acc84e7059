// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.time.Duration;

/**
 * Which of Netty's transports moves the bytes: epoll, where kernel AIO can complete on the loop,
 * else NIO, where the library's thread pool reads the files.
 */
enum Transport {
    EPOLL(EpollServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return HalfCloseEpoll.newFactory();
        }

        @Override
        void giveUpAfter(ServerBootstrap bootstrap, Duration time) {
            bootstrap.childOption(
                    EpollChannelOption.TCP_USER_TIMEOUT,
                    (int) Math.min(Integer.MAX_VALUE, time.toMillis()));
        }
    },
    NIO(NioServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        void giveUpAfter(ServerBootstrap bootstrap, Duration time) {
            // The JDK has no such option: what the kernel does by itself has to do.
        }
    };

    private final Class<? extends ServerChannel> serverChannel;

    Transport(Class<? extends ServerChannel> serverChannel) {
        this.serverChannel = serverChannel;
    }

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory handlers();

    /**
     * Has connections end on which nothing has been acknowledged, or no room been made, for so
     * long. Only the kernel can tell a slow reader from none: what it has taken into its own
     * buffers may be minutes of a client's work.
     */
    abstract void giveUpAfter(ServerBootstrap bootstrap, Duration time);

    EventLoopGroup loops(int count) {
        return new MultiThreadIoEventLoopGroup(count, handlers());
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }
}
