// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Takes the body of each request into a file of the directory: what a user would write. */
final class Uploads extends SimpleChannelInboundHandler<HttpObject> {
    private final Path directory;

    /** How uploads have ended: a length, or why not. */
    final BlockingQueue<Object> ends;

    private final boolean asks;

    Uploads(Path directory, BlockingQueue<Object> ends) {
        this(directory, ends, false);
    }

    /** One that asks for each message, where nothing is read without. */
    Uploads(Path directory, BlockingQueue<Object> ends, boolean asks) {
        super(false);
        this.directory = directory;
        this.ends = ends;
        this.asks = asks;
    }

    Uploads(Path directory) {
        this(directory, new LinkedBlockingQueue<>());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        try {
            received(ctx, message);
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (asks) {
            ctx.read();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (asks) {
            ctx.read();
        }
    }

    private void received(ChannelHandlerContext ctx, HttpObject message) {
        if (!(message instanceof HttpRequest request) || !request.decoderResult().isSuccess()) {
            return;
        }
        Path target = directory.resolve(request.uri().substring(1));
        AioFileSink sink =
                new AioFileSink(
                        AioFileWriter.replacing(ctx.channel().eventLoop(), target)
                                .durable(false)
                                .build());
        sink.future()
                .addListener(
                        length -> {
                            ends.add(length.isSuccess() ? length.getNow() : length.cause());
                            answer(ctx, length.isSuccess());
                        });
        ctx.pipeline().addBefore(ctx.name(), null, sink);
        sink.begin(message);
    }

    private static void answer(ChannelHandlerContext ctx, boolean success) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        success
                                ? HttpResponseStatus.CREATED
                                : HttpResponseStatus.INSUFFICIENT_STORAGE,
                        Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        ChannelFuture write = ctx.writeAndFlush(response);
        if (!success && ((DuplexChannel) ctx.channel()).isInputShutdown()) {
            write.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
