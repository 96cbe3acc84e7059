// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/2 or HTTP/1.1, as the client has chosen during TLS' handshake (ALPN). */
final class ProtocolChoice extends ApplicationProtocolNegotiationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolChoice.class);

    /** As many as browsers use; each may hold two chunks of a file. */
    private static final int STREAMS = 100;

    /** For uploads: with the 64 KiB that are usual, a client at 20 ms sends 3 MB/s at most. */
    private static final int STREAM_WINDOW = 1024 * 1024;

    private final Site site;

    ProtocolChoice(Site site) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.site = site;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        ctx.read(); // The handshake reads on by itself, once it has begun.
        super.channelActive(ctx);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (!protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            ConnectionInitializer.http1(pipeline, site);
            return;
        }
        Http2FrameCodec codec =
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(
                                Http2Settings.defaultSettings()
                                        .maxConcurrentStreams(STREAMS)
                                        .initialWindowSize(STREAM_WINDOW)
                                        .maxHeaderListSize(site.limits().headers()))
                        .gracefulShutdownTimeoutMillis(HttpServer.DRAIN_SECONDS * 1000L)
                        .build();
        ChannelInitializer<Channel> stream =
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.config().setAutoRead(false);
                        channel.config().setWriteBufferWaterMark(HttpServer.QUEUED);
                        channel.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(true),
                                        new Http2StreamHandler(site));
                    }
                };
        pipeline.addLast(
                codec, new Http2MultiplexHandler(stream), new Http2Connection(codec, site));
    }

    /** Somebody who speaks no TLS, or trusts no certificate that was made here. */
    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: {}", ctx.channel(), cause.toString());
        ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: {}", ctx.channel(), cause.toString());
        ctx.close();
    }
}
