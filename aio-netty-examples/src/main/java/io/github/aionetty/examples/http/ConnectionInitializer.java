// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** The pipeline of a connection. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final ChannelGroup connections;
    private final RequestRouter router;

    ConnectionInitializer(ChannelGroup connections, RequestRouter router) {
        this.connections = connections;
        this.router = router;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        RequestDecoder decoder = new RequestDecoder();
        channel.pipeline()
                .addLast(decoder)
                .addLast(new HttpResponseEncoder())
                .addLast(new ConnectionHandler(decoder, router));
    }
}
