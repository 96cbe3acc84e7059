// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import org.eclipse.jetty.http.ByteRange;

/**
 * A range of a file, as the buffers that reads give. It is read ahead while the client is faster
 * than the disk; a slow client holds two chunks. Ends with a failure where the file has changed
 * meanwhile, so that a client never takes a mixture for a file.
 */
final class FileBytes implements BodySource {
    /** A multiple of every block size, and little enough for thousands of slow clients. */
    static final int CHUNK = 64 * 1024;

    private final AioChunkedFile file;

    private FileBytes(AioChunkedFile.Builder builder) {
        this.file = builder.build();
    }

    /**
     * The only range of a response.
     *
     * @param ready called when there is more
     */
    static FileBytes of(Channel channel, Representation selected, ByteRange range, Runnable ready) {
        AioChunkedFile.Builder builder = builder(channel, selected.file(), range, ready);
        if (range.first() / CHUNK != range.last() / CHUNK) {
            // More than one read, between which it may be overwritten.
            builder.unchangedSince(selected.attributes());
        }
        return new FileBytes(builder);
    }

    /** One of several ranges, however short: the file may be overwritten between them. */
    static FileBytes ofPart(
            Channel channel, Representation selected, ByteRange range, Runnable ready) {
        // A handle that is closed with the part, where the other parts need the file, too.
        AioFile handle = selected.file().on(channel.eventLoop());
        return new FileBytes(
                builder(channel, handle, range, ready).unchangedSince(selected.attributes()));
    }

    private static AioChunkedFile.Builder builder(
            Channel channel, AioFile file, ByteRange range, Runnable ready) {
        return AioChunkedFile.builder(channel, file)
                .range(range.first(), range.getLength())
                .chunkSize(CHUNK)
                .onReady(ready);
    }

    @Override
    public ByteBuf next(ByteBufAllocator allocator) throws Exception {
        return file.readChunk(allocator);
    }

    @Override
    public boolean isAtEnd() {
        return file.isEndOfInput();
    }

    @Override
    public void close() {
        file.close();
    }
}
