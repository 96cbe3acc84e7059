// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.FilePublisher;
import io.github.aionetty.internal.FileSubscriber;
import io.github.aionetty.internal.StreamRange;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * Files as {@code java.util.concurrent.Flow}, the JDK's Reactive Streams. All signals of a file's
 * streams arrive on its loop, except {@code onError} with {@link AioClosedException} where the loop
 * ends before the stream; any thread may request and cancel.
 *
 * @see <a href="https://www.reactive-streams.org">reactive-streams.org</a>
 */
public final class AioFlow {
    private AioFlow() {}

    /**
     * A part of a file, in chunks of 64 KiB with up to 4 read ahead. Each subscriber gets all of
     * it, and releases each chunk. The file stays open: close it when the subscribers have ended.
     * Ends with {@link java.io.EOFException} where the file has become shorter.
     *
     * @param file open for reading
     * @param offset bytes from the start of the file
     * @param length how many bytes; the file has them
     * @return begins to read when a subscriber requests
     */
    public static Flow.Publisher<ByteBuf> publisher(AioFile file, long offset, long length) {
        return publisher(file, offset, length, StreamRange.CHUNK_SIZE, StreamRange.READ_AHEAD);
    }

    /**
     * As {@link #publisher(AioFile, long, long)}, for other chunks.
     *
     * @param file open for reading
     * @param offset bytes from the start of the file
     * @param length how many bytes; the file has them
     * @param chunkSize how many bytes a chunk has; a multiple of 4096 keeps direct reads free of
     *     copies
     * @param readAhead how many chunks are read ahead at most, beyond those requested: 0 to 1,024
     * @return begins to read when a subscriber requests
     */
    public static Flow.Publisher<ByteBuf> publisher(
            AioFile file, long offset, long length, int chunkSize, int readAhead) {
        return new FilePublisher(
                Objects.requireNonNull(file, "file"),
                new StreamRange(offset, length, chunkSize, readAhead));
    }

    /**
     * Writes what is published, and releases it. {@code onComplete} finishes the writer, {@code
     * onError} aborts it; when it fails, the subscription is cancelled. {@link
     * AioFileWriter#future()} tells of the end.
     *
     * @param writer of its own; sets its {@link AioFileWriter#onWritable}
     * @return for one subscription
     */
    public static Flow.Subscriber<ByteBuf> subscriber(AioFileWriter writer) {
        return new FileSubscriber(Objects.requireNonNull(writer, "writer"));
    }
}
