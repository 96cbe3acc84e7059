// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes one request at a time: after its end, and after the head of one with a body, the rest of
 * what was received stays bytes until {@link #next}. Netty's HttpServerCodec with a
 * FlowControlHandler would decode a whole packet of pipelined requests at once, which costs twenty
 * times the memory and ends at 128 requests.
 *
 * <p>Invariant: what waits is never more than one read of the socket, since {@link #wantsBytes} is
 * false meanwhile and auto-read is off. All on the connection's loop.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_CHUNK = 64 * 1024;

    private enum State {
        DECODING,
        HOLDING,
        DISCARDING
    }

    private State state = State.DECODING;
    private boolean inDecoder;
    private boolean begun;
    private boolean inputShutdown;

    RequestDecoder(Limits limits) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.requestLine())
                        .setMaxHeaderSize(limits.headers())
                        .setMaxChunkSize(MAX_CHUNK));
    }

    /** Whether the socket is to be read: not while a request is being answered. */
    boolean wantsBytes() {
        return state != State.HOLDING && !inputShutdown;
    }

    boolean isHolding() {
        return state == State.HOLDING;
    }

    /** Whether some bytes of a head are here, and not yet all. */
    boolean hasBegun() {
        return begun;
    }

    /** Goes on with the body or the next request, the bytes of which may be here already. */
    void next(ChannelHandlerContext handler) throws Exception {
        if (state != State.HOLDING) {
            return;
        }
        state = State.DECODING;
        if (inDecoder) {
            return; // The decoding loop below us goes on by itself.
        }
        ChannelHandlerContext self = handler.pipeline().context(this);
        channelRead(self, Unpooled.EMPTY_BUFFER);
        if (state == State.DECODING) {
            if (inputShutdown) {
                self.close();
            } else {
                self.read();
            }
        }
    }

    /** Throws away whatever still comes. */
    void discard() {
        state = State.DISCARDING;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        boolean outer = inDecoder;
        inDecoder = true;
        try {
            super.channelRead(ctx, msg);
        } finally {
            inDecoder = outer;
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (state == State.HOLDING) {
            return;
        }
        if (state == State.DISCARDING) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int before = out.size();
        begun = true; // Of a body it is not asked.
        super.decode(ctx, in, out);
        if (out.size() > before) {
            begun = false;
            HttpObject last = (HttpObject) out.get(out.size() - 1);
            if (last instanceof LastHttpContent
                    || last instanceof HttpRequest
                    || last.decoderResult().isFailure()) {
                state = State.HOLDING;
            }
        }
    }

    /** RFC 9112, 6.1: both framings in one request are an attempt to smuggle a second one. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }

    /** The superclass would drop what waits; requests received whole still get their answers. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputShutdown = true;
            if (state != State.HOLDING) {
                ctx.close();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
