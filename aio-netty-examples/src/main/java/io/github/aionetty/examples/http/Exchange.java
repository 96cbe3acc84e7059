// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its response. Exactly one response is sent, and the connection is told when it
 * has gone out; after {@link #abort} nothing is. All on the connection's loop.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final boolean keepAlive;
    private final Consumer<Boolean> finished;
    private AioFile file;
    private BodySender body;
    private boolean over;

    Exchange(
            ChannelHandlerContext ctx,
            HttpRequest request,
            boolean mayKeepAlive,
            Consumer<Boolean> finished) {
        this.ctx = ctx;
        this.request = request;
        this.keepAlive = mayKeepAlive && HttpUtil.isKeepAlive(request);
        this.finished = finished;
    }

    HttpRequest request() {
        return request;
    }

    boolean isHead() {
        return HttpMethod.HEAD.equals(request.method());
    }

    EventLoop loop() {
        return ctx.channel().eventLoop();
    }

    ChannelHandlerContext context() {
        return ctx;
    }

    /** A head with what every response carries. */
    HttpResponse head(HttpResponseStatus status) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.DATE, HttpDates.now());
        headers.set(HttpHeaderNames.SERVER, "aio-netty");
        headers.set("x-content-type-options", "nosniff");
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return head;
    }

    /** Sends a response of few bytes; for HEAD without them, with the headers that GET has. */
    void send(HttpResponse head, byte[] content) {
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        send(head, isHead() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content));
    }

    /** Sends a response without content: to HEAD, 304, an empty file. */
    void sendHead(HttpResponse head) {
        send(head, Unpooled.EMPTY_BUFFER);
    }

    private void send(HttpResponse head, ByteBuf content) {
        lastWritten(
                ctx.writeAndFlush(
                        new DefaultFullHttpResponse(
                                head.protocolVersion(),
                                head.status(),
                                content,
                                head.headers(),
                                EmptyHttpHeaders.INSTANCE)));
    }

    void error(HttpResponseStatus status) {
        error(head(status));
    }

    /** An error response, as a short text. */
    void error(HttpResponse head) {
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        if (head.status() == HttpResponseStatus.METHOD_NOT_ALLOWED) {
            headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
        } else if (head.status() == HttpResponseStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        send(head, (head.status() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with what {@code cause} means to a client; to be called before anything was sent. */
    void fail(Throwable cause) {
        HttpResponseStatus status = FailureStatus.of(cause);
        if (status == HttpResponseStatus.INTERNAL_SERVER_ERROR) {
            LOG.warn("{} {}: {}", request.method(), request.uri(), cause.toString(), cause);
        }
        error(status);
    }

    /** Streams a file's bytes as the body. */
    void send(BodySender sender) {
        body = sender;
        sender.pump();
    }

    /** The file lives as long as this exchange. */
    void closeAtEnd(AioFile opened) {
        file = opened;
    }

    /** Tells the connection when the last bytes have gone out. */
    void lastWritten(ChannelFuture write) {
        write.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        // Not every failed write closes the channel: one of the encoder does not.
                        ctx.pipeline().fireExceptionCaught(done.cause());
                    } else if (!over) {
                        end();
                        finished.accept(keepAlive);
                    }
                });
    }

    void writabilityChanged() {
        if (body != null) {
            body.pump();
        }
    }

    /** The client went away. */
    void abort() {
        if (body != null) {
            body.abort();
        }
        end();
    }

    private void end() {
        over = true;
        if (file != null) {
            file.close();
        }
    }

    /** Goes on with a result, or answers with the failure. */
    <T> void then(Future<T> future, Consumer<T> next) {
        then(future, next, late -> {}, this::fail);
    }

    /**
     * Goes on with a result or a failure.
     *
     * @param late takes a result that comes when the client has gone, to close it
     */
    <T> void then(
            Future<T> future, Consumer<T> next, Consumer<T> late, Consumer<Throwable> failed) {
        FutureListener<T> listener =
                done -> {
                    try {
                        if (over && done.isSuccess()) {
                            late.accept(done.getNow());
                        } else if (!over && done.isSuccess()) {
                            next.accept(done.getNow());
                        } else if (!over) {
                            failed.accept(done.cause());
                        }
                    } catch (RuntimeException e) {
                        // Netty would only log it, and the client would wait for ever.
                        ctx.pipeline().fireExceptionCaught(e);
                    }
                };
        future.addListener(listener);
    }
}
