// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;

/**
 * A stream of an HTTP/2 connection: one request and its response. Closing its channel resets the
 * stream and leaves the connection to the others. All on the connection's loop.
 */
final class Http2StreamHandler extends ExchangeHandler {
    private ChannelHandlerContext ctx;
    private Deadline deadline;
    private boolean inBody;
    private long sentBefore;

    Http2StreamHandler(Site site) {
        super(site);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        deadline = new Deadline(ctx.executor(), this::late);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ctx.read();
        ctx.fireChannelActive();
    }

    @Override
    void entered(Step step) {
        boolean body = step == Step.BODY;
        if (body && inBody) {
            return; // Its time runs already.
        }
        inBody = body;
        deadline.in(body ? site.limits().bodyTime() : site.limits().sendTime());
    }

    private void late() {
        if (!inBody) {
            lookAtResponse();
        } else if (bodyComesOn()) {
            deadline.in(site.limits().bodyTime());
        } else {
            refuse(
                    ctx,
                    new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, ""),
                    HttpResponseStatus.REQUEST_TIMEOUT);
        }
    }

    /**
     * A client that opens no window for a stream still acknowledges what TCP brings, so that the
     * kernel's time-out, which is HTTP/1's, never ends it.
     */
    private void lookAtResponse() {
        long sent = bytesSent();
        if (!ctx.channel().isWritable() && sent == sentBefore) {
            ctx.close();
        } else {
            sentBefore = sent;
            deadline.in(site.limits().sendTime());
        }
    }

    @Override
    void readBody(ChannelHandlerContext context) {
        ctx.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (inBody && hasRoom()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    /** The stream ends by itself, once all that there is of it has been read. */
    @Override
    void finished(ChannelHandlerContext context, boolean keepAlive) {
        deadline.clear();
        if (isRequestComplete()) {
            ctx.read();
        } else {
            ignoreAll();
            // RFC 9113, 8.1: the response is whole, and what is left of the request is not needed.
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.end();
        super.channelInactive(ctx);
    }
}
