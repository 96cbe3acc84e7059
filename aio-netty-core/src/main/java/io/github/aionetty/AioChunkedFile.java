// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.MustRun;
import io.github.aionetty.internal.ReadAhead;
import io.github.aionetty.internal.StreamRange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;

/**
 * A part of a file, for {@link ChunkedWriteHandler} to send: what {@link
 * io.netty.handler.stream.ChunkedFile} is for a {@code RandomAccessFile}, without stopping the
 * event loop. Goes into {@code HttpChunkedInput}, through {@code SslHandler} and into HTTP/2
 * streams as any other {@link ChunkedInput}.
 *
 * <pre>{@code
 * channel.writeAndFlush(new AioChunkedFile(channel, file, 0, size))
 *         .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
 * }</pre>
 *
 * <p>Chunks are read ahead, more of them while the disk is slower than the socket, none while the
 * client is: it then holds two chunks at most, both on their way to the socket. Where a chunk is
 * not there yet the transfer is suspended, and resumed by {@link
 * ChunkedWriteHandler#resumeTransfer()}. Once begun it waits where others hold all memory.
 *
 * <p>It owns the file and closes it at its end, when it is closed, and when the channel closes, if
 * it was never written, too. A write that is cancelled does not close it: close the channel, or
 * this. For more than one of the same file pass {@link AioFile#on} of the channel's loop. The write
 * fails with what a read has failed with, with {@link java.io.EOFException} where the file has
 * become shorter, and the peer has then got a part: close the channel on failure. A file that has
 * grown gives what was promised.
 */
public final class AioChunkedFile implements ChunkedInput<ByteBuf> {
    private final Channel channel;
    private final AioFile file;
    private final StreamRange range;
    private final AioFileAttributes expected;

    /** A write that never gets to the handler, or is cancelled, closes nothing. */
    private final ChannelFutureListener channelClosed = done -> closeOnExecutor();

    private Runnable onReady;
    private ReadAhead chunks;
    private EventExecutor executor;
    private boolean closed;

    /**
     * A part of a file in chunks of 64 KiB, of which up to 4 are read ahead.
     *
     * @param channel where it will be written
     * @param file open for reading, best on the channel's loop; closed by this
     * @param offset bytes from the start of the file
     * @param length how many bytes; the file has them
     */
    public AioChunkedFile(Channel channel, AioFile file, long offset, long length) {
        this(builder(channel, file).range(offset, length));
    }

    private AioChunkedFile(Builder builder) {
        this.channel = builder.channel;
        this.file = builder.file;
        this.range = builder.range();
        this.expected = builder.expected;
        this.onReady = builder.onReady;
        channel.closeFuture().addListener(channelClosed);
    }

    /**
     * Collects how a file is sent.
     *
     * @param channel where it will be written
     * @param file open for reading, best on the channel's loop; closed by what is built
     * @return a builder with the defaults
     */
    public static Builder builder(Channel channel, AioFile file) {
        return new Builder(channel, file);
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) throws Exception {
        if (closed) {
            throw new AioClosedException(this + " is closed; make another one");
        }
        if (chunks == null) {
            begin();
        }
        return chunks.poll();
    }

    /**
     * As {@link #readChunk(ByteBufAllocator)}, which needs no allocator.
     *
     * @deprecated as in {@link ChunkedInput}
     */
    @Override
    @Deprecated
    public ByteBuf readChunk(ChannelHandlerContext ctx) throws Exception {
        return readChunk(ctx.alloc());
    }

    private void begin() {
        executor = channel.eventLoop();
        if (onReady == null) {
            ChannelHandlerContext ctx = channel.pipeline().context(ChunkedWriteHandler.class);
            if (ctx == null) {
                throw new IllegalStateException(
                        "pipeline="
                                + channel.pipeline().names()
                                + " has no ChunkedWriteHandler; add one, or set onReady");
            }
            executor = ctx.executor();
            onReady = ((ChunkedWriteHandler) ctx.handler())::resumeTransfer;
        }
        chunks = new ReadAhead(file, executor, range, expected, this::ready);
    }

    /** Not from where the chunk was found: the handler may be in the middle of another one. */
    private void ready() {
        // Where the loop ends the channel has ended before.
        MustRun.on(executor, onReady);
    }

    @Override
    public boolean isEndOfInput() {
        return progress() == range.length();
    }

    @Override
    public long length() {
        return range.length();
    }

    @Override
    public long progress() {
        return chunks == null ? 0 : chunks.taken() - range.offset();
    }

    private void closeOnExecutor() {
        if (executor == null || executor.inEventLoop()) {
            close();
        } else {
            MustRun.on(executor, this::close);
        }
    }

    /**
     * Lets go of what was read ahead, and closes the file. In the middle, the write fails: on the
     * channel's loop.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (chunks != null) {
                chunks.close();
            }
            file.close();
            channel.closeFuture().removeListener(channelClosed);
        }
    }

    @Override
    public String toString() {
        return "AioChunkedFile[" + file.path() + ", " + range + ']';
    }

    /** How a file is sent. */
    public static final class Builder {
        private final Channel channel;
        private final AioFile file;
        private long offset;
        private long length = -1;
        private int chunkSize = StreamRange.CHUNK_SIZE;
        private int readAhead = StreamRange.READ_AHEAD;
        private AioFileAttributes expected;
        private Runnable onReady;

        private Builder(Channel channel, AioFile file) {
            this.channel = Objects.requireNonNull(channel, "channel");
            this.file = Objects.requireNonNull(file, "file");
        }

        /**
         * Which part of the file.
         *
         * @param newOffset bytes from the start of the file
         * @param newLength how many bytes; the file has them
         * @return this
         */
        public Builder range(long newOffset, long newLength) {
            StreamRange checked = new StreamRange(newOffset, newLength, chunkSize, readAhead);
            offset = checked.offset();
            length = checked.length();
            return this;
        }

        /**
         * How much a read asks for: 64 KiB by default. A multiple of 4096 keeps direct reads free
         * of copies. A slow client holds up to twice as much.
         *
         * @param bytes 1 or more
         * @return this
         */
        public Builder chunkSize(int bytes) {
            chunkSize = new StreamRange(0, 0, bytes, readAhead).chunkSize();
            return this;
        }

        /**
         * How many chunks are read ahead at most: 4 by default.
         *
         * @param chunks 0 or more, up to 1,024
         * @return this
         */
        public Builder readAhead(int chunks) {
            readAhead = new StreamRange(0, 0, chunkSize, chunks).readAhead();
            return this;
        }

        /**
         * Looks at the file once more before the last chunk goes out, and fails where it has become
         * shorter, or has another modification time: what was sent may be a mixture. One that has
         * also become longer may have been appended to: its first chunk is read again, and has to
         * be the same. Costs one {@code fstat}. Without {@link #range} the whole file is sent.
         *
         * @param attributes of the open file, from before
         * @return this
         */
        public Builder unchangedSince(AioFileAttributes attributes) {
            expected = Objects.requireNonNull(attributes, "attributes");
            return this;
        }

        /**
         * For other handlers than {@link ChunkedWriteHandler}: what to call, on the channel's loop
         * and never from inside of {@link #readChunk(ByteBufAllocator)}, when that has given {@code
         * null} and would now give a chunk, or throw.
         *
         * @param task resumes the transfer
         * @return this
         */
        public Builder onReady(Runnable task) {
            onReady = Objects.requireNonNull(task, "task");
            return this;
        }

        private StreamRange range() {
            if (length < 0 && expected == null) {
                throw new IllegalStateException(
                        "nothing says how long "
                                + file.path()
                                + " is; call range or unchangedSince");
            }
            return new StreamRange(
                    offset, length < 0 ? expected.size() : length, chunkSize, readAhead);
        }

        /**
         * Begins nothing yet.
         *
         * @return to be written to the channel, once
         * @throws IllegalStateException without {@link #range} and {@link #unchangedSince}
         */
        public AioChunkedFile build() {
            return new AioChunkedFile(this);
        }
    }
}
