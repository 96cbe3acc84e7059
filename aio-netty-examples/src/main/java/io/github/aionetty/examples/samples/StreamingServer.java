// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.FutureListener;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Files of one directory by GET, and into it by PUT: one request a connection. */
public final class StreamingServer extends SimpleChannelInboundHandler<HttpObject> {
    private static final long IDLE_SECONDS = 30;

    private final Path directory;

    private StreamingServer(Path directory) {
        this.directory = directory;
    }

    /**
     * Serves until the JVM ends.
     *
     * @param args the directory
     * @throws InterruptedException when it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory());
        Channel server = start(group, Path.of(args[0]));
        System.out.println(server.localAddress());
        server.closeFuture().sync();
    }

    /** Serves at a free port of the loopback address. */
    static Channel start(EventLoopGroup group, Path directory) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childHandler(
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(
                                                // Closes nothing by itself: see below.
                                                new IdleStateHandler(
                                                        0, 0, IDLE_SECONDS, TimeUnit.SECONDS))
                                        .addLast(new HttpServerCodec())
                                        .addLast(new ChunkedWriteHandler())
                                        .addLast(new StreamingServer(directory));
                            }
                        })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (!(message instanceof HttpRequest request)) {
            return; // The end of a request without a body.
        }
        String name = request.uri().substring(1);
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            answer(ctx, HttpResponseStatus.NOT_FOUND);
        } else if (request.method().equals(HttpMethod.GET)) {
            send(ctx, directory.resolve(name));
        } else if (request.method().equals(HttpMethod.PUT)) {
            receive(ctx, directory.resolve(name), request);
        } else {
            answer(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED);
        }
    }

    private void send(ChannelHandlerContext ctx, Path path) {
        FutureListener<AioFile> opened =
                file -> {
                    if (!file.isSuccess()) {
                        boolean missing = file.cause() instanceof NoSuchFileException;
                        answer(
                                ctx,
                                missing
                                        ? HttpResponseStatus.NOT_FOUND
                                        : HttpResponseStatus.INTERNAL_SERVER_ERROR);
                        return;
                    }
                    FutureListener<AioFileAttributes> seen =
                            attributes -> send(ctx, file.getNow(), attributes.getNow());
                    file.getNow().attributes().addListener(seen);
                };
        AioContext.of(ctx.channel().eventLoop()).open(path).addListener(opened);
    }

    private static void send(ChannelHandlerContext ctx, AioFile file, AioFileAttributes found) {
        if (found == null) {
            file.close();
            answer(ctx, HttpResponseStatus.INTERNAL_SERVER_ERROR);
            return;
        }
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, found.size());
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.write(head);
        // Closes the file, whatever becomes of it.
        AioChunkedFile body =
                AioChunkedFile.builder(ctx.channel(), file).unchangedSince(found).build();
        ctx.writeAndFlush(new HttpChunkedInput(body)).addListener(ChannelFutureListener.CLOSE);
    }

    private static void receive(ChannelHandlerContext ctx, Path path, HttpRequest request) {
        AioFileSink sink =
                new AioFileSink(AioFileWriter.replacing(ctx.channel().eventLoop(), path).build());
        FutureListener<Long> published =
                length ->
                        answer(
                                ctx,
                                length.isSuccess()
                                        ? HttpResponseStatus.CREATED
                                        : HttpResponseStatus.INSUFFICIENT_STORAGE);
        sink.future().addListener(published);
        ctx.pipeline().addBefore(ctx.name(), null, sink);
        sink.begin(request);
    }

    private static void answer(ChannelHandlerContext ctx, HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** A peer that neither sends nor takes anything: what it holds is given back. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
