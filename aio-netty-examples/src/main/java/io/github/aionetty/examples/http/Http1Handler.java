// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The life of an HTTP/1 connection: one request after the other, how long each step may take, and
 * how it ends. All on its loop.
 */
final class Http1Handler extends ExchangeHandler {
    private enum Phase {
        /** Nothing of a first request yet. */
        NEW,
        /** Between two requests. */
        IDLE,
        /** Some bytes of a head are here. */
        HEAD,
        BODY,
        ANSWERING
    }

    private final RequestDecoder decoder;
    private Deadline deadline;
    private ChannelHandlerContext ctx;
    private Phase phase = Phase.NEW;

    Http1Handler(RequestDecoder decoder, Site site) {
        super(site);
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        deadline = new Deadline(ctx.executor(), this::late);
        if (ctx.channel().isActive()) {
            begin(); // After TLS has found out which protocol it is.
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin();
        ctx.fireChannelActive();
    }

    private void begin() {
        deadline.in(site.limits().headerTime());
        ctx.read();
    }

    @Override
    void entered(Step step) {
        switch (step) {
            case ANSWERING -> {
                phase = Phase.ANSWERING;
                deadline.clear();
            }
            case BODY -> {
                if (phase != Phase.BODY) {
                    phase = Phase.BODY;
                    deadline.in(site.limits().bodyTime());
                }
            }
        }
    }

    @Override
    void readBody(ChannelHandlerContext context) {
        if (decoder.isHolding()) {
            next();
        } else {
            ctx.read();
        }
    }

    private void next() {
        try {
            decoder.next(ctx);
        } catch (Exception e) {
            exceptionCaught(ctx, e);
        }
        lookForHead();
    }

    /** A head has to be whole soon after its first byte. */
    private void lookForHead() {
        if ((phase == Phase.NEW || phase == Phase.IDLE) && decoder.hasBegun()) {
            phase = Phase.HEAD;
            deadline.in(site.limits().headerTime());
        }
    }

    @Override
    void finished(ChannelHandlerContext context, boolean keepAlive) {
        if (!keepAlive) {
            ignoreAll();
            decoder.discard();
            ctx.close();
            return;
        }
        phase = Phase.IDLE;
        deadline.in(site.limits().idleTime());
        next();
    }

    private void late() {
        switch (phase) {
            case NEW, IDLE -> ctx.close();
            case HEAD -> refuse(ctx, unknown(), HttpResponseStatus.REQUEST_TIMEOUT);
            case BODY -> {
                if (bodyComesOn()) {
                    deadline.in(site.limits().bodyTime());
                } else {
                    refuse(ctx, unknown(), HttpResponseStatus.REQUEST_TIMEOUT);
                }
            }
            case ANSWERING -> {}
        }
    }

    /** In the place of a request whose head is not whole. */
    private static DefaultHttpRequest unknown() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        lookForHead();
        if (decoder.wantsBytes() && hasRoom() && ctx.channel().isOpen()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.end();
        super.channelInactive(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == Drain.INSTANCE) {
            noMoreRequests();
            if (!isAnswering() && !ignoresAll()) {
                ignoreAll();
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }
}
