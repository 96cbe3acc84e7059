// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Tells a client that there are connections enough, and closes this one. */
final class Overload extends ChannelInboundHandlerAdapter {
    private static final byte[] ANSWER =
            """
            HTTP/1.1 503 Service Unavailable\r
            Retry-After: 1\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: 24\r
            Connection: close\r
            \r
            503 Service Unavailable
            """
                    .getBytes(StandardCharsets.US_ASCII);

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(ANSWER)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
