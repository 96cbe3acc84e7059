// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams a part of a file as a response's body, as the buffers that reads give. The file is read
 * ahead while the client is faster than the disk; a slow client holds two chunks. All on the
 * connection's loop.
 */
final class BodySender {
    private static final Logger LOG = LoggerFactory.getLogger(BodySender.class);

    /** A multiple of every block size, and little enough for thousands of slow clients. */
    static final int CHUNK = 64 * 1024;

    private final Exchange exchange;
    private final ChannelHandlerContext ctx;
    private final AioChunkedFile file;
    private HttpResponse unsentHead;
    private boolean pumping;
    private boolean stopped;

    /**
     * Sends the bytes from {@code first} to {@code end}, which are not none. The head goes out with
     * the first of them, so that a file that cannot be read is still answered with a 500.
     *
     * @param attributes what the head was made of, which the bytes have to belong to
     */
    BodySender(
            Exchange exchange,
            AioFile file,
            AioFileAttributes attributes,
            HttpResponse head,
            long first,
            long end) {
        this.exchange = exchange;
        this.ctx = exchange.context();
        this.unsentHead = head;
        AioChunkedFile.Builder builder =
                AioChunkedFile.builder(ctx.channel(), file)
                        .range(first, end - first)
                        .chunkSize(CHUNK)
                        .onReady(this::pump);
        if (first / CHUNK != (end - 1) / CHUNK) {
            // More than one read, between which it may be overwritten.
            builder.unchangedSince(attributes);
        }
        this.file = builder.build();
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
                    && (chunk = file.readChunk(ctx.alloc())) != null) {
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
        if (file.isEndOfInput()) {
            stopped = true;
            exchange.lastWritten(ctx.writeAndFlush(new DefaultLastHttpContent(chunk)));
        } else {
            ctx.writeAndFlush(new DefaultHttpContent(chunk), ctx.voidPromise());
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
            LOG.warn("closing the connection: {}", cause.toString());
            ctx.close();
        }
    }

    /** Lets go of everything; reads in flight are released as they come. */
    void abort() {
        stopped = true;
        file.close();
    }
}
