// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * Closes without losing what has been sent: a socket that is closed with unread bytes in it resets
 * the connection, and the client may not see the end of the response (RFC 9112, 9.6). So our side
 * is shut down first, and what the client still sends is thrown away until it has shut down its
 * own. Nearest to the socket; closing for a second time closes at once.
 */
final class LingeringClose extends ChannelDuplexHandler {
    /** Without a byte from the client. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** So long in all, in silences, for a client that goes on sending. */
    private static final int TURNS = 15;

    private ChannelHandlerContext context;
    private ChannelPromise closed;
    private Deadline deadline;
    private boolean heard;
    private int turns;

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (closed != null
                || !ctx.channel().isActive()
                || !(ctx.channel() instanceof DuplexChannel channel)
                || channel.isInputShutdown()) {
            ctx.close(promise);
            return;
        }
        context = ctx;
        closed = promise;
        deadline = new Deadline(ctx.executor(), this::silent);
        deadline.in(SILENCE);
        channel.shutdownOutput()
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                end();
                            }
                        });
        ctx.read();
    }

    private void silent() {
        if (heard && ++turns < TURNS) {
            heard = false;
            deadline.in(SILENCE);
        } else {
            end();
        }
    }

    private void end() {
        deadline.end();
        context.close(closed);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (closed == null) {
            ctx.fireChannelRead(msg);
        } else {
            heard = true;
            ReferenceCountUtil.release(msg);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (closed == null) {
            ctx.fireChannelReadComplete();
        } else {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (closed != null && event instanceof ChannelInputShutdownEvent) {
            end();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.end();
        }
        ctx.fireChannelInactive();
    }
}
