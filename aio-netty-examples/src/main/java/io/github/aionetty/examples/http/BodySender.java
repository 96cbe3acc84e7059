// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams a response's body, as fast as the client takes it. All on the connection's loop. */
final class BodySender {
    private static final Logger LOG = LoggerFactory.getLogger(BodySender.class);

    static final int CHUNK = FileBytes.CHUNK;

    private final Exchange exchange;
    private final ChannelHandlerContext ctx;
    private final BodySource body;
    private HttpResponse unsentHead;
    private boolean pumping;
    private boolean stopped;

    /**
     * Begins nothing yet. The head goes out with the first bytes, so that a file that cannot be
     * read is still answered with a 500.
     *
     * @param body makes what is sent, which is not nothing; given what to call when there is more
     */
    BodySender(Exchange exchange, HttpResponse head, Function<Runnable, BodySource> body) {
        this.exchange = exchange;
        this.ctx = exchange.context();
        this.unsentHead = head;
        this.body = body.apply(this::pump);
    }

    /** Sends the chunks that there are and that the socket has room for. */
    void pump() {
        if (pumping) {
            return; // A write has made room: whoever wrote goes on.
        }
        pumping = true;
        try {
            ByteBuf chunk;
            while (!stopped
                    && ctx.channel().isWritable()
                    && (chunk = body.next(ctx.alloc())) != null) {
                forward(chunk);
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            pumping = false;
        }
    }

    private void forward(ByteBuf chunk) {
        if (unsentHead != null) {
            ctx.write(unsentHead, ctx.voidPromise());
            unsentHead = null;
        }
        exchange.sent(chunk.readableBytes());
        if (body.isAtEnd()) {
            stopped = true;
            ChannelFuture write = ctx.writeAndFlush(new DefaultLastHttpContent(chunk));
            body.close(); // Or the channel would keep it for as long as it is open.
            exchange.lastWritten(write);
        } else {
            ctx.writeAndFlush(new DefaultHttpContent(chunk), ctx.voidPromise());
        }
    }

    /**
     * Once the head is out, only a broken connection tells the client that the body is not whole.
     */
    private void fail(Throwable cause) {
        abort();
        if (!ctx.channel().isActive()) {
            LOG.debug("{}: {}", ctx.channel(), cause.toString()); // The client has gone.
        } else if (unsentHead != null) {
            exchange.fail(cause);
        } else {
            LOG.warn("closing the connection: {}", cause.toString());
            ctx.close();
        }
    }

    /** Lets go of everything; reads in flight are released as they come. */
    void abort() {
        stopped = true;
        body.close();
    }
}
