// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.HttpParts;
import io.github.aionetty.internal.MustRun;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes what a channel receives, {@code ByteBuf}s or the {@code HttpContent}s of one message, into
 * a file, and stops reading from the socket while the disk is behind.
 *
 * <pre>{@code
 * AioFileSink sink = new AioFileSink(AioFileWriter.replacing(channel.eventLoop(), path).build());
 * sink.future().addListener((FutureListener<Long>) done -> answer(done.isSuccess() ? 201 : 507));
 * ctx.pipeline().addBefore(ctx.name(), null, sink);
 * sink.begin(request);
 * }</pre>
 *
 * <p>It belongs before the handler that is to be spared the stream, whose own calls of {@code
 * ctx.read()} then wait for the disk as well. The stream ends with {@code LastHttpContent}; of
 * bytes, with {@link #length}, or with the input ({@link #endWithInput}), or when {@link #finish}
 * is called. Then the handler removes itself, and what follows goes on to the next one, as do all
 * messages of other kinds: a request that follows at once may come to it before the file is
 * published.
 *
 * <p>A channel that closes before the end, a message that could not be decoded, an exception from a
 * handler before this one, or its removal abort it: nothing is left of the file. Once it has failed
 * it goes on taking the rest of the stream, and throws it away: whoever listens to {@link
 * #future()} answers, or closes the channel.
 *
 * <p>Not sharable. {@code netty-codec-http} is needed for {@code HttpContent} only.
 */
public final class AioFileSink extends ChannelDuplexHandler {
    private final AioFileWriter writer;
    private long left = Long.MAX_VALUE;
    private ChannelHandlerContext context;
    private boolean endWithInput;

    /** The stream is over, and we are not in its way any more. */
    private boolean ended;

    private boolean aborted;

    /** We have switched automatic reading off. */
    private boolean stopped;

    /** We will ask for what comes after this message. */
    private boolean asking;

    private final Runnable askTask = this::ask;

    /** Somebody has asked to read while the disk was behind. */
    private boolean readAsked;

    /**
     * A handler for one stream.
     *
     * @param writer what it goes into, best on the channel's loop; finished or aborted by this
     */
    public AioFileSink(AioFileWriter writer) {
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /**
     * Of {@code ByteBuf}s: how many bytes the stream has. Others after them go on to the next
     * handler. Before it is added to a pipeline.
     *
     * @param bytes 1 or more
     * @return this
     */
    public AioFileSink length(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("length=" + bytes + " (expected: >= 1)");
        }
        left = bytes;
        return this;
    }

    /**
     * Of {@code ByteBuf}s: the stream ends when the peer shuts its output down, for which the
     * channel needs {@code ALLOW_HALF_CLOSURE}. Without this it is aborted then. Not with TLS,
     * where anybody between can shut it down. Before it is added to a pipeline.
     *
     * @return this
     */
    public AioFileSink endWithInput() {
        endWithInput = true;
        return this;
    }

    /**
     * For the message that the handler was added for: where that has the content itself, as a
     * {@code FullHttpRequest} has, and HTTP/2's request without a body, takes it. On the channel's
     * loop, after the handler has been added.
     *
     * @param head any message, which is not released
     */
    public void begin(Object head) {
        if (!ended && HttpParts.isContent(head)) {
            received(((ByteBufHolder) head).retainedDuplicate());
        }
    }

    /**
     * What becomes of the file.
     *
     * @return {@link AioFileWriter#future()}
     */
    public Future<Long> future() {
        return writer.future();
    }

    /**
     * Ends a stream of bytes here. On the channel's loop.
     *
     * @return {@link #future()}
     */
    public Future<Long> finish() {
        end();
        return future();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        writer.onWritable(this::roomAgain);
        if (!ctx.channel().isOpen()) {
            abort(new EOFException("the channel was closed before the stream began"));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ended) {
            ctx.fireChannelRead(msg);
        } else if (HttpParts.isHead(msg)) {
            begin(msg);
            ctx.fireChannelRead(msg);
        } else if (msg instanceof ByteBuf bytes) {
            received(ctx, bytes);
        } else if (HttpParts.isContent(msg)) {
            received((ByteBufHolder) msg);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void received(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (bytes.readableBytes() < left) {
            left -= left == Long.MAX_VALUE ? 0 : bytes.readableBytes();
            write(bytes);
            return;
        }
        write(bytes.readRetainedSlice((int) left));
        ended = true;
        if (bytes.isReadable()) {
            ctx.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
        leave();
    }

    private void received(ByteBufHolder content) {
        Throwable failure = HttpParts.failure(content);
        if (failure != null) {
            abort(failure);
        }
        boolean last = HttpParts.isLast(content);
        write(content.content());
        if (last) {
            end();
        }
    }

    private void write(ByteBuf bytes) {
        if (aborted) {
            bytes.release();
        } else if (!isTaken(bytes) && context.channel().config().isAutoRead()) {
            stopped = true;
            context.channel().config().setAutoRead(false);
        }
        askLater();
    }

    /** Whoever asks for each message, or after some of them, does not see those that we take. */
    private void askLater() {
        if (!context.channel().config().isAutoRead() && !stopped && !asking) {
            asking = true;
            context.executor().execute(askTask);
        }
    }

    private boolean isTaken(ByteBuf bytes) {
        try {
            return writer.write(bytes);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Somebody else has ended the writer, or its loop: its future says why.
            aborted = true;
            return true;
        }
    }

    private void ask() {
        asking = false;
        if (!ended && !context.isRemoved()) {
            read(context);
        }
    }

    /** What was asked for before may have been forgotten by now, as FlowControlHandler does. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!ended) {
            askLater();
        }
        ctx.fireChannelReadComplete();
    }

    /** What others ask for waits, too. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (ended || aborted || writer.isWritable()) {
            ctx.read();
        } else {
            readAsked = true;
        }
    }

    private void roomAgain() {
        if (!context.executor().inEventLoop()) {
            MustRun.on(context.executor(), this::roomAgain);
            return;
        }
        // Somebody else may have switched it on meanwhile: that read waited here.
        boolean ask = readAsked || stopped;
        boolean switchOn = stopped && !context.channel().config().isAutoRead();
        readAsked = false;
        stopped = false;
        if (switchOn) {
            context.channel().config().setAutoRead(true);
        } else if (ask) {
            context.read();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            leave();
        }
    }

    private void leave() {
        if (!aborted) {
            writer.finish();
        }
        if (context != null) {
            roomAgain();
            if (!context.isRemoved()) {
                context.pipeline().remove(this);
            }
        }
    }

    private void abort(Throwable cause) {
        if (!ended && !aborted) {
            aborted = true;
            writer.abort(cause);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (!endWithInput) {
                abort(new EOFException("the input was shut down before the end of the stream"));
            }
            end();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        abort(cause);
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        abort(new EOFException("the channel was closed before the end of the stream"));
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        abort(new AioClosedException("the handler was removed before the end of the stream"));
    }
}
