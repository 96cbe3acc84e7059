// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.ParkedThread;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An {@link AioFile} for threads that may wait, virtual ones above all: each call waits for its
 * result, as {@link AioFutures#await(Future)} does, and parks a virtual thread without holding its
 * carrier. Any number of threads may call at once; the work is done by the file's loop.
 *
 * <pre>{@code
 * try (BlockingAioFile file = BlockingAioFile.open(context, path)) {
 *     ByteBuf bytes = file.read(0, 4096);
 *     try {
 *         …
 *     } finally {
 *         bytes.release();
 *     }
 * }
 * }</pre>
 *
 * <p>Arguments, results, units, ownership and errors are those of the methods of the same name in
 * {@link AioFile}, the errors thrown. On an event loop every method but {@link #close} throws
 * {@link io.netty.util.concurrent.BlockingOperationException}, and in an interrupted thread {@link
 * java.io.InterruptedIOException}, and begins nothing. A thread that is interrupted while it waits
 * gets that too and stays interrupted; unlike a {@link java.nio.channels.FileChannel} the file
 * stays open. What was submitted goes on: see {@link AioFutures#await(Future)}. For a time-out,
 * pass the futures of {@link #file()} to {@link AioFutures#await(Future, long,
 * java.util.concurrent.TimeUnit)}.
 */
public final class BlockingAioFile implements AutoCloseable {
    private final AioFile file;

    private BlockingAioFile(AioFile file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /**
     * Opens a file, as {@link AioContext#open(Path, OpenOption...)} does.
     *
     * @param context does the work
     * @param path a path of the default file system provider
     * @param options as there
     * @return the open file, which the caller closes
     * @throws IOException if it cannot be opened
     */
    public static BlockingAioFile open(AioContext context, Path path, OpenOption... options)
            throws IOException {
        return of(await(() -> context.open(path, options)));
    }

    /**
     * Another way to call a file that is open.
     *
     * @param file any; closed with what is returned
     * @return the same file
     */
    public static BlockingAioFile of(AioFile file) {
        return new BlockingAioFile(file);
    }

    private static <T> T await(Supplier<Future<T>> operation) throws IOException {
        ParkedThread.check();
        return AioFutures.await(operation.get());
    }

    /**
     * The file, for calls that do not wait.
     *
     * @return what was opened, or given to {@link #of}
     */
    public AioFile file() {
        return file;
    }

    /**
     * Reads into a pooled, aligned buffer.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes
     * @return the buffer, short only at the end of the file; the caller releases it
     * @throws IOException if it cannot be read
     */
    public ByteBuf read(long position, int length) throws IOException {
        return await(() -> file.read(position, length));
    }

    /**
     * Fills the writable bytes of a buffer, and advances its writer index.
     *
     * @param dst any writable buffer; after an interrupt it must not be touched any more
     * @param position bytes from the start of the file
     * @return how many bytes were read; -1 at the end of the file
     * @throws IOException if it cannot be read; {@code dst} is then unchanged
     */
    public int read(ByteBuf dst, long position) throws IOException {
        return await(() -> file.read(dst, position));
    }

    /**
     * Writes all readable bytes.
     *
     * @param src any buffer; always released
     * @param position bytes from the start of the file
     * @return how many bytes were written, always all
     * @throws IOException if not all could be written
     */
    public int write(ByteBuf src, long position) throws IOException {
        try {
            ParkedThread.check();
        } catch (IOException | RuntimeException e) {
            src.release();
            throw e;
        }
        return AioFutures.await(file.write(src, position));
    }

    /**
     * Makes durable what has been written, data and metadata.
     *
     * @throws IOException if something written since the last good sync may be lost
     */
    public void fsync() throws IOException {
        await(file::fsync);
    }

    /**
     * As {@link #fsync()}, without metadata that is not needed to read the data back.
     *
     * @throws IOException if something written since the last good sync may be lost
     */
    public void fdatasync() throws IOException {
        await(file::fdatasync);
    }

    /**
     * Sets the size of the file.
     *
     * @param size in bytes
     * @throws IOException if it cannot be set
     */
    public void truncate(long size) throws IOException {
        await(() -> file.truncate(size));
    }

    /**
     * Allocates space, growing the file where the range ends beyond it.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes, at least 1
     * @throws IOException if there is none
     */
    public void allocate(long position, long length) throws IOException {
        await(() -> file.allocate(position, length));
    }

    /**
     * The size of the file now.
     *
     * @return bytes
     * @throws IOException if it cannot be told
     */
    public long size() throws IOException {
        return await(() -> file.size());
    }

    /**
     * Size, modification time, inode and kind of the open file.
     *
     * @return the attributes now
     * @throws IOException if they cannot be told
     */
    public AioFileAttributes attributes() throws IOException {
        return await(() -> file.attributes());
    }

    /**
     * How many bytes of a range the page cache holds, as {@link AioFile#cached(long, long)} tells.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes
     * @return bytes, 0 to {@code length}; 0 also where the kernel does not tell
     * @throws IOException if the file's size cannot be told
     */
    public long cached(long position, long length) throws IOException {
        return await(() -> file.cached(position, length));
    }

    /**
     * Waits for this handle's operations, then closes it. It closes in an interrupted thread too,
     * and on an event loop, but does not wait for it there.
     *
     * @throws IOException if closing fails, or is not waited for
     */
    @Override
    public void close() throws IOException {
        AioFutures.await(file.close());
    }

    @Override
    public String toString() {
        return "BlockingAioFile[" + file.path() + ']';
    }
}
