// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.io.IOException;
import java.net.SocketAddress;
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
    private final Site site;
    private final HttpRequest request;
    private final Carrier carrier;
    private final boolean keepAlive;
    private final long started;
    private Disk disk;
    private AioFile file;
    private BodySender body;
    private BodyReceiver receiver;
    private boolean room = true;
    private long bytesReceived;
    private long bytesSent;
    private HttpResponseStatus status;
    private Runnable ending;
    private boolean stays;
    private boolean over;

    Exchange(
            ChannelHandlerContext ctx,
            Site site,
            HttpRequest request,
            boolean mayStay,
            Carrier carrier) {
        this.ctx = ctx;
        this.site = site;
        this.request = request;
        this.keepAlive = mayStay && HttpUtil.isKeepAlive(request);
        this.carrier = carrier;
        this.disk = site.disks() == null ? null : site.disks().root();
        this.started = ctx.executor().ticker().nanoTime();
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

    /** For the Allow header. */
    String allowed() {
        return site.allow();
    }

    Disk disk() {
        return disk;
    }

    /** The tree that a path leads to, if it is not the root. */
    Disk mounted(RequestPath path) {
        return site.disks().mounted(path);
    }

    /** The request is for another tree than the root. */
    void enter(Disk other) {
        disk = other;
    }

    /** What to do when this is over, however it ends. */
    void whenOver(Runnable task) {
        if (over) {
            task.run();
        } else {
            ending = task;
        }
    }

    /** Of the client, or whoever is between us and it. */
    SocketAddress remote() {
        Channel channel = ctx.channel();
        return (channel instanceof Http2StreamChannel ? channel.parent() : channel).remoteAddress();
    }

    /** As the request line of HTTP/1 has it. */
    String protocol() {
        return ctx.channel() instanceof Http2StreamChannel
                ? "HTTP/2.0"
                : request.protocolVersion().text();
    }

    /** Of the last head that was made, which is the one that is sent. */
    HttpResponseStatus status() {
        return status;
    }

    /** Of the response's body, in bytes, so far. */
    long bytesSent() {
        return bytesSent;
    }

    /** Of the request's body, in bytes, so far. */
    long bytesReceived() {
        return bytesReceived;
    }

    long nanos() {
        return ctx.executor().ticker().nanoTime() - started;
    }

    /** A head with what every response carries. */
    HttpResponse head(HttpResponseStatus newStatus) {
        status = newStatus;
        receiver = null; // Whatever the rest of the body is, this is the answer.
        // Another request can follow only what has been read to its end.
        stays = keepAlive && carrier.isRequestComplete();
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.DATE, HttpDates.now());
        headers.set(HttpHeaderNames.SERVER, "aio-netty");
        headers.set("x-content-type-options", "nosniff");
        if (!stays) {
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
        bytesSent += content.readableBytes();
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

    /** An error response: a short text, or a page for those who ask for one. */
    void error(HttpResponse head) {
        HttpHeaders headers = head.headers();
        if (head.status() == HttpResponseStatus.METHOD_NOT_ALLOWED) {
            headers.set(HttpHeaderNames.ALLOW, allowed());
        } else if (head.status() == HttpResponseStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        send(head, ErrorPage.fill(request, head));
    }

    /** Answers with what {@code cause} means to a client; to be called before anything was sent. */
    void fail(Throwable cause) {
        fail(cause, FailureStatus.of(cause));
    }

    /** Answers with {@code newStatus}, and logs what is the server's fault. */
    void fail(Throwable cause, HttpResponseStatus newStatus) {
        if (newStatus.code() >= 500 && newStatus != HttpResponseStatus.SERVICE_UNAVAILABLE) {
            LOG.warn("{} {}: {}", request.method(), request.uri(), cause.toString(), cause);
        }
        error(newStatus);
    }

    /** Streams a file's bytes as the body. */
    void send(BodySender sender) {
        body = sender;
        sender.pump();
    }

    /** Counts a part of the body that has been written. */
    void sent(int bytes) {
        bytesSent += bytes;
    }

    /**
     * Has the request's body delivered, and a client that waits for 100 (Continue) send it. Without
     * this call the body is not read, and the connection ends with the response.
     */
    void receive(BodyReceiver bodyReceiver) {
        receiver = bodyReceiver;
        if (carrier.isRequestComplete() && !RequestChecks.hasBody(request)) {
            receiver = null;
            bodyReceiver.ended();
            return;
        }
        if (HttpUtil.is100ContinueExpected(request) && bytesReceived == 0) {
            ctx.writeAndFlush(goOn());
        }
        carrier.bodyWanted(ctx);
    }

    /** The interim response, RFC 9110, 15.2.1. */
    static HttpResponse goOn() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** A part of the body; nobody's but the receiver's. */
    void received(HttpContent content) {
        if (receiver == null) {
            return;
        }
        bytesReceived += content.content().readableBytes();
        if (content.decoderResult().isFailure()) {
            refuse(HttpResponseStatus.BAD_REQUEST);
            return;
        }
        if (bytesReceived > site.limits().upload()) {
            refuse(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        BodyReceiver current = receiver;
        if (content.content().isReadable()) {
            room = current.received(content.content().retain());
        }
        if (content instanceof LastHttpContent && receiver == current) {
            receiver = null;
            carrier.bodyEnded();
            current.ended();
        }
    }

    boolean hasRoom() {
        return receiver != null && room;
    }

    /** The receiver has room again. */
    void bodyWanted() {
        if (receiver != null && !room) {
            room = true;
            carrier.bodyWanted(ctx);
        }
    }

    /** The body ends before its end: answers so, unless an answer is on its way. */
    void refuse(HttpResponseStatus newStatus) {
        BodyReceiver current = receiver;
        receiver = null;
        if (current != null) {
            current.aborted(new IOException("the request's body: " + newStatus));
        }
        if (status == null && !over) {
            error(newStatus);
        }
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
                        carrier.exchangeEnded(ctx, stays);
                    }
                });
    }

    void writabilityChanged() {
        if (body != null) {
            body.pump();
        }
    }

    /** The client went away. */
    void abort(Throwable cause) {
        BodyReceiver current = receiver;
        receiver = null;
        if (current != null) {
            current.aborted(cause);
        }
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
        if (ending != null) {
            ending.run();
        }
        site.ended(this);
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
