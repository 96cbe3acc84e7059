// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.io.EOFException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams a part of a file as a response's body. The buffers that reads give go to the socket as
 * they are, in order of position.
 *
 * <p>Bound: a read is begun only while the socket's queue is below its high mark, and at most
 * {@link #AHEAD} are on their way; so a connection holds at most {@code AHEAD + 2} chunks however
 * slowly its client reads. All on the connection's loop.
 */
final class BodySender {
    private static final Logger LOG = LoggerFactory.getLogger(BodySender.class);

    /** A multiple of every block size, so that all but the ends of a range are aligned. */
    static final int CHUNK = 128 * 1024;

    private static final int AHEAD = 2;

    private static final HttpResponseStatus BUSY = HttpResponseStatus.SERVICE_UNAVAILABLE;
    private static final int BUSY_MILLIS = 50;

    private final Exchange exchange;
    private final ChannelHandlerContext ctx;
    private final AioFile file;
    private final long end;
    private final Queue<Read> reads = new ArrayDeque<>(AHEAD);
    private HttpResponse unsentHead;
    private long position;
    private boolean stopped;

    /**
     * Sends the bytes from {@code first} to {@code end}, which are not none. The head goes out with
     * the first of them, so that a file that cannot be read is still answered with a 500.
     */
    BodySender(Exchange exchange, AioFile file, HttpResponse head, long first, long end) {
        this.exchange = exchange;
        this.ctx = exchange.context();
        this.file = file;
        this.unsentHead = head;
        this.position = first;
        this.end = end;
    }

    /** Begins the reads that the socket has room for. */
    void pump() {
        while (!stopped && position < end && reads.size() < AHEAD && ctx.channel().isWritable()) {
            int length = (int) Math.min(CHUNK - position % CHUNK, end - position);
            Read read = new Read(position, length);
            reads.add(read);
            position += length;
            read.begin();
        }
    }

    /** A read on its way, or one that came before its turn. */
    private final class Read implements FutureListener<ByteBuf> {
        private final long from;
        private final int length;
        private ByteBuf bytes;
        private Throwable failure;

        Read(long from, int length) {
            this.from = from;
            this.length = length;
        }

        void begin() {
            if (!stopped) {
                file.read(from, length).addListener(this);
            }
        }

        @Override
        public void operationComplete(Future<ByteBuf> done) {
            if (done.isSuccess()) {
                bytes = done.getNow();
            } else if (mayWait() && FailureStatus.of(done.cause()) == BUSY) {
                // Other connections hold the memory; what has begun goes on when they let go.
                ctx.executor().schedule(this::begin, BUSY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } else {
                failure = done.cause();
            }
            if (stopped) {
                release();
            } else {
                forwardInOrder();
                pump();
            }
        }

        /** Whether the response has begun, or will with a read before this one. */
        private boolean mayWait() {
            return unsentHead == null || reads.peek() != this;
        }

        boolean isLast() {
            return from + length == end;
        }

        boolean isDone() {
            return bytes != null || failure != null;
        }

        void release() {
            if (bytes != null) {
                bytes.release();
            }
        }
    }

    private void forwardInOrder() {
        while (!stopped && !reads.isEmpty() && reads.element().isDone()) {
            Read read = reads.remove();
            if (read.failure != null) {
                fail(read.failure);
            } else if (read.bytes.readableBytes() != read.length) {
                read.release();
                fail(new EOFException(file.path() + " became shorter while it was sent"));
            } else {
                forward(read);
            }
        }
    }

    private void forward(Read read) {
        if (unsentHead != null) {
            ctx.write(unsentHead, ctx.voidPromise());
            unsentHead = null;
        }
        if (read.isLast()) {
            stopped = true;
            exchange.lastWritten(ctx.writeAndFlush(new DefaultLastHttpContent(read.bytes)));
        } else {
            ctx.writeAndFlush(new DefaultHttpContent(read.bytes), ctx.voidPromise());
        }
    }

    /**
     * Once the head is out, only a broken connection tells the client that the body is not whole.
     */
    private void fail(Throwable cause) {
        abort();
        if (unsentHead != null) {
            exchange.fail(cause);
        } else {
            LOG.warn("{}: closing the connection: {}", file.path(), cause.toString());
            ctx.close();
        }
    }

    /** Lets go of everything; reads in flight are released as they come. */
    void abort() {
        stopped = true;
        reads.forEach(Read::release);
        reads.clear();
    }
}
