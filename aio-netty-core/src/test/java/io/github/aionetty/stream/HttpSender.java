// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.FutureListener;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Answers every request with one file, of that length, as Netty's own example does. */
final class HttpSender extends SimpleChannelInboundHandler<HttpObject> {
    private final Path path;
    private final long length;
    private final OpenOption[] options;

    HttpSender(Path path, long length, OpenOption... options) {
        this.path = path;
        this.length = length;
        this.options = options;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (!(message instanceof HttpRequest)) {
            return;
        }
        FutureListener<AioFile> opened =
                file -> {
                    HttpResponse head =
                            new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
                    ctx.write(head);
                    ctx.writeAndFlush(
                                    new HttpChunkedInput(
                                            new AioChunkedFile(
                                                    ctx.channel(), file.getNow(), 0, length)))
                            .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                };
        AioContext.of(ctx.channel().eventLoop()).open(path, options).addListener(opened);
    }
}
