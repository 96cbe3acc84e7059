// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's life: takes requests one by one, hands each to the router, and decides when the
 * connection ends. At most one exchange is open. All on the connection's loop.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    /** A body that nobody asked for is read to keep the connection, up to here. */
    private static final long MAX_IGNORED_BODY = 1024 * 1024;

    private static final int LINGER_SECONDS = 2;

    private final RequestDecoder decoder;
    private final RequestRouter router;
    private HttpRequest request;
    private long ignoredBody;
    private Exchange exchange;
    private boolean lastRequest;
    private boolean closing;
    private boolean failed;
    private Future<?> lingering;

    ConnectionHandler(RequestDecoder decoder, RequestRouter router) {
        this.decoder = decoder;
        this.router = router;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (closing || exchange != null || !ctx.channel().isActive()) {
                return; // The rest of a request that has been answered already.
            }
            if (msg instanceof HttpRequest head) {
                received(ctx, head);
            }
            if (msg instanceof HttpContent content && request != null) {
                received(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    private void received(ChannelHandlerContext ctx, HttpRequest head) {
        request = head;
        ignoredBody = 0;
        HttpResponseStatus refusal = RequestChecks.refusal(head, MAX_IGNORED_BODY);
        if (refusal != null) {
            open(ctx, false).error(refusal);
        }
    }

    private void received(ChannelHandlerContext ctx, HttpContent content) {
        ignoredBody += content.content().readableBytes();
        if (content.decoderResult().isFailure()) {
            open(ctx, false).error(HttpResponseStatus.BAD_REQUEST);
        } else if (ignoredBody > MAX_IGNORED_BODY) {
            open(ctx, false).error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        } else if (content instanceof LastHttpContent) {
            Exchange current = open(ctx, true);
            router.route(current);
        }
    }

    private Exchange open(ChannelHandlerContext ctx, boolean mayKeepAlive) {
        exchange =
                new Exchange(
                        ctx, request, mayKeepAlive && !lastRequest, keep -> finished(ctx, keep));
        request = null;
        return exchange;
    }

    private void finished(ChannelHandlerContext ctx, boolean keepAlive) {
        exchange = null;
        if (!ctx.channel().isOpen()) {
            return; // Closed while the last bytes went out; channelInactive is on its way.
        }
        if (!keepAlive || lastRequest) {
            closeGently(ctx);
            return;
        }
        try {
            decoder.next(ctx);
        } catch (Exception e) {
            exceptionCaught(ctx, e);
        }
    }

    /**
     * Closes without losing the response: closing with unread bytes in the socket resets the
     * connection, and the client may not see what was sent (RFC 9112, 9.6).
     */
    private void closeGently(ChannelHandlerContext ctx) {
        closing = true;
        decoder.discard();
        if (!(ctx.channel() instanceof DuplexChannel channel) || channel.isInputShutdown()) {
            ctx.close();
            return;
        }
        channel.shutdownOutput();
        lingering = ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        ctx.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (decoder.wantsBytes() && ctx.channel().isOpen()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.writabilityChanged();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        if (lingering != null) {
            lingering.cancel(false);
        }
        if (exchange != null) {
            exchange.abort();
            exchange = null;
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.INSTANCE) {
            lastRequest = true;
            if (exchange == null && !closing) {
                closing = true;
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    /** A client that goes away is no event for the operator; anything else is, once. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            LOG.debug("{}: {}", ctx.channel(), cause.toString());
        } else if (!failed) {
            LOG.warn("{}: closing the connection", ctx.channel(), cause);
        }
        failed = true;
        ctx.close();
    }
}
