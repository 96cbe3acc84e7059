// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;

/**
 * An open file on one event loop. Any thread may call; futures complete on {@link #context()}'s
 * loop.
 *
 * <p>Any position, length and {@link ByteBuf} is correct. With {@link AioOpenOption#DIRECT},
 * aligned direct memory is the copy-free case ({@link AioContext#alloc()} gives such memory, {@link
 * AioMetrics#copies()} counts the others). Operations in flight have no order among each other. Bad
 * arguments throw at once; errors fail the future with {@link AioException} or the JDK's {@link
 * java.nio.file.FileSystemException} of that meaning, operations on a closed file with {@link
 * AioClosedException}. Once submitted an operation cannot be cancelled: the kernel owns its memory;
 * while it is queued it can.
 */
public interface AioFile {

    /**
     * Reads into a pooled, aligned buffer, which the caller releases. Short only at the end of the
     * file, empty at or past it.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes, up to 2,147,352,576
     * @return the buffer, its reader index on the first byte asked for
     * @see <a href="https://man7.org/linux/man-pages/man2/io_submit.2.html">io_submit(2)</a>
     */
    Future<ByteBuf> read(long position, int length);

    /**
     * As {@link #read(long, int)}, completing the caller's promise; allocates nothing in the steady
     * state.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes
     * @param promise completed with the buffer
     * @return {@code promise}
     */
    Future<ByteBuf> read(long position, int length, Promise<ByteBuf> promise);

    /**
     * Fills the writable bytes of {@code dst} and advances its writer index. {@code dst} is
     * retained until completion, must not be touched before, and is unchanged on failure.
     *
     * @param dst any writable buffer
     * @param position bytes from the start of the file
     * @return how many bytes were read, fewer than writable only at the end of the file; -1 at or
     *     past it; 0 when nothing is writable
     */
    Future<Integer> read(ByteBuf dst, long position);

    /**
     * As {@link #read(ByteBuf, long)}, completing the caller's promise; allocates nothing in the
     * steady state.
     *
     * @param dst any writable buffer
     * @param position bytes from the start of the file
     * @param promise completed with the count
     * @return {@code promise}
     */
    Future<Integer> read(ByteBuf dst, long position, Promise<Integer> promise);

    /**
     * Writes all readable bytes of {@code src}, or fails. Always releases {@code src}, also when it
     * throws, as {@link io.netty.channel.Channel#write} does; never moves its indices.
     *
     * @param src any buffer
     * @param position bytes from the start of the file
     * @return how many bytes were written, always all
     */
    Future<Integer> write(ByteBuf src, long position);

    /**
     * As {@link #write(ByteBuf, long)}, completing the caller's promise; allocates nothing in the
     * steady state.
     *
     * @param src any buffer
     * @param position bytes from the start of the file
     * @param promise completed with the count
     * @return {@code promise}
     */
    Future<Integer> write(ByteBuf src, long position, Promise<Integer> promise);

    /**
     * Makes durable, data and metadata, the writes that completed before this call.
     *
     * @return completes when the device has them
     * @see <a href="https://man7.org/linux/man-pages/man2/fsync.2.html">fsync(2)</a>
     */
    Future<Void> fsync();

    /**
     * As {@link #fsync()}, completing the caller's promise.
     *
     * @param promise completed when the device has them
     * @return {@code promise}
     */
    Future<Void> fsync(Promise<Void> promise);

    /**
     * As {@link #fsync()}, without metadata that is not needed to read the data back.
     *
     * @return completes when the device has them
     * @see <a href="https://man7.org/linux/man-pages/man2/fdatasync.2.html">fdatasync(2)</a>
     */
    Future<Void> fdatasync();

    /**
     * As {@link #fdatasync()}, completing the caller's promise.
     *
     * @param promise completed when the device has them
     * @return {@code promise}
     */
    Future<Void> fdatasync(Promise<Void> promise);

    /**
     * Sets the size of the file: cuts it, or extends it with a hole.
     *
     * @param size in bytes
     * @return completes when done
     * @see <a href="https://man7.org/linux/man-pages/man2/ftruncate.2.html">ftruncate(2)</a>
     */
    Future<Void> truncate(long size);

    /**
     * As {@link #truncate(long)}, completing the caller's promise.
     *
     * @param size in bytes
     * @param promise completed when done
     * @return {@code promise}
     */
    Future<Void> truncate(long size, Promise<Void> promise);

    /**
     * Allocates space, growing the file where the range ends beyond it. Bytes that were not written
     * read as zero.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes, at least 1
     * @return completes when done
     * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
     */
    Future<Void> allocate(long position, long length);

    /**
     * As {@link #allocate(long, long)}, completing the caller's promise.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes, at least 1
     * @param promise completed when done
     * @return {@code promise}
     */
    Future<Void> allocate(long position, long length, Promise<Void> promise);

    /**
     * The size of the file now.
     *
     * @return bytes
     */
    Future<Long> size();

    /**
     * As {@link #size()}, completing the caller's promise.
     *
     * @param promise completed with the size in bytes
     * @return {@code promise}
     */
    Future<Long> size(Promise<Long> promise);

    /**
     * Size, modification time, inode and kind of the open file.
     *
     * @return the attributes now
     * @see <a href="https://man7.org/linux/man-pages/man2/fstat.2.html">fstat(2)</a>
     */
    Future<AioFileAttributes> attributes();

    /**
     * As {@link #attributes()}, completing the caller's promise.
     *
     * @param promise completed with the attributes
     * @return {@code promise}
     */
    Future<AioFileAttributes> attributes(Promise<AioFileAttributes> promise);

    /**
     * How much of a range the page cache holds: what a buffered read would copy out of memory,
     * while the rest would come from the device. An estimate, for the kernel may drop pages, and
     * others may read some in, at any time. Reads nothing itself, and starts no read-ahead; also of
     * a {@link #isDirect() direct} file, which does not use the page cache. A helper asks, some
     * milliseconds for gibibytes.
     *
     * <p>0 may also mean that it cannot be told: the kernel says it only to the file's owner, to
     * who may write the file, and to the superuser (cachestat from Linux 6.14 on, mincore from 5.2
     * on, which takes over where there is no cachestat, before 6.5, and needs a file that is open
     * for reading). Everybody else could find out only by reading. It is 0, too, without the native
     * library, on a file system that has no page cache, and in gVisor.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes; those behind the file's end do not count
     * @return bytes, 0 to {@code length}
     * @see <a href="https://man7.org/linux/man-pages/man2/mincore.2.html">mincore(2)</a>
     */
    Future<Long> cached(long position, long length);

    /**
     * As {@link #cached(long, long)}, completing the caller's promise.
     *
     * @param position bytes from the start of the file
     * @param length how many bytes
     * @param promise completed with the bytes that are held
     * @return {@code promise}
     */
    Future<Long> cached(long position, long length, Promise<Long> promise);

    /**
     * Waits for this handle's operations, queued ones included, then closes it; the descriptor is
     * closed with the last handle that {@link #on} made. Later operations fail with {@link
     * AioClosedException}, as do those of other threads that have not got to the loop yet when it
     * is called there.
     *
     * @return completes when closed; closing again completes at once or with the first close
     */
    Future<Void> close();

    /**
     * As {@link #close()}, completing the caller's promise.
     *
     * @param promise completed when closed
     * @return {@code promise}
     */
    Future<Void> close(Promise<Void> promise);

    /**
     * The same open file, completing on another loop. Never blocks; a context that cannot be made
     * fails the first operation. Each handle is closed on its own.
     *
     * @param other the loop that completes the new handle's futures
     * @return a handle of its own
     */
    AioFile on(EventLoop other);

    /**
     * The context this handle completes on.
     *
     * @return the context
     * @throws IllegalStateException where {@link #on} could not make one
     */
    AioContext context();

    /**
     * The path that was opened.
     *
     * @return as it was given
     */
    Path path();

    /**
     * Whether operations are accepted.
     *
     * @return false from the moment that {@link #close()} was called
     */
    boolean isOpen();

    /**
     * Whether the file was opened with {@link AioOpenOption#DIRECT}.
     *
     * @return true if so
     */
    boolean isDirect();

    /**
     * The unit in which direct reads are free of copies: position and length are to be multiples.
     *
     * @return bytes, a power of two; 1 where the file is not direct
     * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2),
     *     STATX_DIOALIGN</a>
     */
    int readAlignment();

    /**
     * The unit in which direct writes go past the page cache: position and length are to be
     * multiples.
     *
     * @return bytes, a power of two, 4096 or more; 1 where the file is not direct
     */
    int writeAlignment();

    /**
     * The memory alignment for transfers that are free of copies.
     *
     * @return bytes, a power of two; 1 where the file is not direct
     */
    int memoryAlignment();
}
