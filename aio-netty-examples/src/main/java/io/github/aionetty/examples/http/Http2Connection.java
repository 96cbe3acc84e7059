// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of an HTTP/2 connection beside its streams: how long it may be idle, and how it ends.
 * Closing its channel says GOAWAY, and lets streams finish. All on its loop.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

    private final Http2FrameCodec codec;
    private final Site site;
    private Deadline idle;

    Http2Connection(Http2FrameCodec codec, Site site) {
        this.codec = codec;
        this.site = site;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        idle = new Deadline(ctx.executor(), ctx::close);
        idle.in(site.limits().idleTime());
        codec.connection()
                .addListener(
                        new Http2ConnectionAdapter() {
                            @Override
                            public void onStreamActive(Http2Stream stream) {
                                idle.clear();
                            }

                            @Override
                            public void onStreamClosed(Http2Stream stream) {
                                if (codec.connection().numActiveStreams() == 0) {
                                    idle.in(site.limits().idleTime());
                                }
                            }
                        });
        // Frames are small, and flow control bounds what each stream may send.
        ctx.channel().config().setAutoRead(true);
    }

    /** PING, SETTINGS and the like: answered by the codec already. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        idle.end();
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.INSTANCE) {
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: {}", ctx.channel(), cause.toString());
        ctx.close();
    }
}
