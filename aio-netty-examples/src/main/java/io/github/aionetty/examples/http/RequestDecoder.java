// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
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

    private static final String HEAD = "HEAD ";

    private enum State {
        DECODING,
        HOLDING,
        DISCARDING
    }

    private State state = State.DECODING;
    private boolean inDecoder;
    private boolean begun;
    private boolean methodSeen;
    private boolean isHead;
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
        if (!methodSeen) {
            lookAtMethod(in);
        }
        int before = out.size();
        begun = true; // Of a body it is not asked.
        super.decode(ctx, in, out);
        if (out.size() > before) {
            begun = false;
            HttpObject last = (HttpObject) out.get(out.size() - 1);
            methodSeen = !(last instanceof LastHttpContent);
            if (last instanceof LastHttpContent
                    || last instanceof HttpRequest
                    || last.decoderResult().isFailure()) {
                state = State.HOLDING;
            }
        }
    }

    /** The superclass takes nothing of the first line before all of it is here. */
    private void lookAtMethod(ByteBuf in) {
        int start = in.readerIndex();
        while (start < in.writerIndex() && in.getByte(start) <= ' ') {
            start++;
        }
        int length = Math.min(HEAD.length(), in.writerIndex() - start);
        methodSeen = length == HEAD.length();
        isHead = methodSeen && in.toString(start, length, US_ASCII).equals(HEAD);
    }

    /** RFC 9112, 2.3: the version is case-sensitive; the superclass takes {@code http/1.1}, too. */
    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        if (!initialLine[2].startsWith("HTTP/")) {
            throw new IllegalArgumentException("HTTP-version=" + initialLine[2]);
        }
        return super.createMessage(initialLine);
    }

    /** The superclass has it always for a GET; the error answered to HEAD is without a body. */
    @Override
    protected HttpMessage createInvalidMessage() {
        HttpMessage invalid = super.createInvalidMessage();
        if (isHead && invalid instanceof HttpRequest request) {
            request.setMethod(HttpMethod.HEAD);
        }
        return invalid;
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
