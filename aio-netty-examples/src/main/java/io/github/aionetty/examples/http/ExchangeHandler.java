// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests as they are decoded, and opens an {@link Exchange} for each: for one with a body
 * that is wanted as soon as its head is here, else when the body has been read and thrown away. At
 * most one exchange is open, on an HTTP/1 connection or an HTTP/2 stream, all on its loop.
 */
abstract class ExchangeHandler extends ChannelInboundHandlerAdapter implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);

    final Site site;
    private HttpRequest ignoring;
    private long ignored;
    private Exchange exchange;
    private boolean lastRequest;
    private boolean failed;
    private boolean requestComplete;

    /** Whatever comes is thrown away. */
    private boolean deaf;

    /** Bytes of the present body since its time began to run. */
    private long bodyBytes;

    ExchangeHandler(Site site) {
        this.site = site;
    }

    /** Bytes of a body are wanted, which may have been received already. */
    abstract void readBody(ChannelHandlerContext ctx);

    /** The response has gone out. */
    abstract void finished(ChannelHandlerContext ctx, boolean keepAlive);

    /** Which step the request is at, for who looks at the clock. */
    abstract void entered(Step step);

    enum Step {
        BODY,
        ANSWERING
    }

    final boolean isAnswering() {
        return exchange != null;
    }

    /** Whether more of the socket's bytes are of use now, as far as a body goes. */
    final boolean hasRoom() {
        return exchange == null || exchange.hasRoom();
    }

    /** Of the present response's body, so far. */
    final long bytesSent() {
        return exchange == null ? 0 : exchange.bytesSent();
    }

    final void ignoreAll() {
        deaf = true;
    }

    final boolean ignoresAll() {
        return deaf;
    }

    final void noMoreRequests() {
        lastRequest = true;
    }

    @Override
    public final boolean isRequestComplete() {
        return requestComplete;
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (deaf || !ctx.channel().isActive()) {
                return; // The rest of a request that has been answered already.
            }
            if (exchange == null && ignoring == null && msg instanceof HttpRequest head) {
                received(ctx, head);
            }
            if (msg instanceof HttpContent content) {
                received(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    private void received(ChannelHandlerContext ctx, HttpRequest head) {
        bodyBytes = 0;
        // Of one that cannot be decoded nothing follows that could be understood.
        requestComplete = head.decoderResult().isFailure() || !RequestChecks.hasBody(head);
        HttpResponseStatus refusal = RequestChecks.refusal(head, site);
        if (refusal != null) {
            open(ctx, head, RequestChecks.mayStay(head)).error(refusal);
            return;
        }
        if (requestComplete || site.takesBody(head)) {
            site.route(open(ctx, head, true));
            return;
        }
        ignoring = head;
        ignored = 0;
        entered(Step.BODY);
        if (HttpUtil.is100ContinueExpected(head)) {
            ctx.writeAndFlush(Exchange.goOn());
        }
        readBody(ctx);
    }

    private void received(ChannelHandlerContext ctx, HttpContent content) {
        int bytes = content.content().readableBytes();
        bodyBytes += bytes;
        requestComplete |=
                content instanceof LastHttpContent && content.decoderResult().isSuccess();
        if (ignoring == null) {
            if (exchange != null) {
                exchange.received(content);
            }
            return;
        }
        ignored += bytes;
        if (content.decoderResult().isFailure()) {
            answerIgnored(ctx, false).error(HttpResponseStatus.BAD_REQUEST);
        } else if (ignored > Limits.IGNORED_BODY) {
            answerIgnored(ctx, false).error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        } else if (content instanceof LastHttpContent) {
            site.route(answerIgnored(ctx, true));
        }
    }

    private Exchange answerIgnored(ChannelHandlerContext ctx, boolean mayStay) {
        HttpRequest head = ignoring;
        ignoring = null;
        return open(ctx, head, mayStay);
    }

    /** What has been received so far is to be answered with an error, if something has been. */
    final void refuse(ChannelHandlerContext ctx, HttpRequest head, HttpResponseStatus status) {
        if (exchange != null) {
            exchange.refuse(status);
        } else {
            HttpRequest request = ignoring == null ? head : ignoring;
            ignoring = null;
            open(ctx, request, false).error(status);
        }
    }

    private Exchange open(ChannelHandlerContext ctx, HttpRequest head, boolean mayStay) {
        exchange = new Exchange(ctx, site, head, mayStay && !lastRequest, this);
        entered(Step.ANSWERING);
        return exchange;
    }

    @Override
    public final void bodyWanted(ChannelHandlerContext ctx) {
        entered(Step.BODY);
        readBody(ctx);
    }

    @Override
    public final void bodyEnded() {
        entered(Step.ANSWERING);
    }

    @Override
    public final void exchangeEnded(ChannelHandlerContext ctx, boolean keepAlive) {
        exchange = null;
        if (ctx.channel().isOpen()) { // Else channelInactive is on its way.
            finished(ctx, keepAlive && !lastRequest);
        }
    }

    /**
     * The time for a body has passed.
     *
     * @return whether it comes on well enough to be waited for again
     */
    final boolean bodyComesOn() {
        long least = Limits.BODY_BYTES_A_SECOND * site.limits().bodyTime().toMillis() / 1000;
        boolean enough = bodyBytes >= Math.max(1, least) || !hasRoom();
        bodyBytes = 0;
        return enough;
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
        deaf = true;
        ignoring = null;
        if (exchange != null) {
            Exchange open = exchange;
            exchange = null;
            open.abort(new ClosedChannelException());
        }
        ctx.fireChannelInactive();
    }

    /** A client that goes away is no event for the operator; anything else is, once. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException
                || cause instanceof UncheckedIOException
                || Protocols.isClientsFault(cause)) {
            LOG.debug("{}: {}", ctx.channel(), cause.toString());
        } else if (!failed) {
            LOG.warn("{}: closing the connection", ctx.channel(), cause);
        }
        failed = true;
        ctx.close();
    }
}
