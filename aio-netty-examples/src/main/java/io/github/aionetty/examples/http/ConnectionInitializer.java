// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.atomic.AtomicInteger;

/** The pipeline of a connection that has just been accepted. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private static final int TOLD_AT_ONCE = 64;

    private final ChannelGroup connections;
    private final AtomicInteger count = new AtomicInteger();
    private final Site site;
    private final SslContext tls;

    /**
     * Creates the initializer.
     *
     * @param tls or {@code null} for plain HTTP
     */
    ConnectionInitializer(ChannelGroup connections, Site site, SslContext tls) {
        this.connections = connections;
        this.site = site;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        int others = count.getAndIncrement();
        channel.closeFuture().addListener(closed -> count.decrementAndGet());
        ChannelPipeline pipeline = channel.pipeline();
        if (others >= site.limits().connections()) {
            refuse(channel, others);
            return;
        }
        pipeline.addLast(new LingeringClose());
        if (tls == null) {
            http1(pipeline, site);
        } else {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(site.limits().headerTime().toMillis());
            pipeline.addLast(handler, new ProtocolChoice(site));
        }
    }

    /**
     * To be told, a client of TLS would have to be let in first; and nobody is once so many are
     * being told already.
     */
    private void refuse(Channel channel, int others) {
        int most = site.limits().connections();
        if (tls == null && others - most < TOLD_AT_ONCE) {
            channel.pipeline().addLast(new LingeringClose(), new Overload());
        } else {
            channel.close();
        }
    }

    static void http1(ChannelPipeline pipeline, Site site) {
        RequestDecoder decoder = new RequestDecoder(site.limits());
        pipeline.addLast(decoder, new HttpResponseEncoder(), new Http1Handler(decoder, site));
    }
}
