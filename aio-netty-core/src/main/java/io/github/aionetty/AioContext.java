// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.ContextRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * One kernel AIO context on one event loop. All its futures complete on that loop, and nothing it
 * does blocks the loop. Any thread may call it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_setup.2.html">io_setup(2)</a>
 */
public interface AioContext {

    /**
     * The context of {@code loop}: made on first use, closed with the loop. Never blocks, but for
     * the first call of the JVM, which loads the native library (see {@link
     * Aio#ensureAvailability()}).
     *
     * @param loop any event loop; on epoll loops the kernel does the work, elsewhere a thread pool
     * @return the same context for every call with the same loop, until it is closed
     * @throws IllegalStateException if the loop is shutting down
     * @throws IllegalArgumentException for a loop without a thread, such as EmbeddedEventLoop
     */
    static AioContext of(EventLoop loop) {
        return ContextRegistry.of(loop);
    }

    /**
     * Tunes the context of {@code loop} before its first use.
     *
     * @param loop any event loop
     * @return a builder with the defaults
     */
    static Builder builder(EventLoop loop) {
        return ContextRegistry.builder(loop);
    }

    /**
     * Opens a file, off the loop. {@code READ} where no option is given; {@code CREATE} and {@code
     * WRITE} make one; {@code APPEND} is refused, since every write here has a position. A missing
     * file, one that exists already and a lack of permission fail the future as in {@link
     * java.nio.file.Files}. Directories, FIFOs, sockets and character devices fail with an {@link
     * AioException} and never hang.
     *
     * @param path a path of the default file system provider
     * @param options {@link java.nio.file.StandardOpenOption}, {@link AioOpenOption}, {@link
     *     java.nio.file.LinkOption#NOFOLLOW_LINKS}
     * @return the open file, which the caller closes
     * @throws IllegalArgumentException for {@code APPEND}, contradicting options, foreign providers
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    Future<AioFile> open(Path path, OpenOption... options);

    /**
     * As {@link #open(Path, OpenOption...)}, with attributes for a file that is created.
     *
     * @param path a path of the default file system provider
     * @param options the open options
     * @param attributes {@code posix:permissions} (subject to the umask)
     * @return the open file, which the caller closes
     * @throws UnsupportedOperationException for other attributes
     */
    Future<AioFile> open(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes);

    /**
     * As {@link #open(Path, Set, FileAttribute...)}, completing the caller's promise.
     *
     * @param path a path of the default file system provider
     * @param options the open options
     * @param attributes attributes for a file that is created; may be empty
     * @param promise completed with the open file
     * @return {@code promise}
     */
    Future<AioFile> open(
            Path path,
            Set<? extends OpenOption> options,
            FileAttribute<?>[] attributes,
            Promise<AioFile> promise);

    /**
     * Refuses new work, fails what is queued, waits for what is in flight, closes the context's
     * files and destroys it, off the loop.
     *
     * @return completes when the kernel context is gone
     * @see <a href="https://man7.org/linux/man-pages/man2/io_destroy.2.html">io_destroy(2)</a>
     */
    Future<Void> close();

    /**
     * As {@link #close()}, completing the caller's promise.
     *
     * @param promise completed when the context is gone
     * @return {@code promise}
     */
    Future<Void> close(Promise<Void> promise);

    /**
     * Whether new operations are accepted.
     *
     * @return false from the moment that closing began
     */
    boolean isOpen();

    /**
     * The loop that completes this context's futures.
     *
     * @return the loop given to {@link #of} or {@link #builder}
     */
    EventLoop eventLoop();

    /**
     * What performs the operations.
     *
     * @return {@link AioEngine#KERNEL} or {@link AioEngine#THREAD_POOL}
     */
    AioEngine engine();

    /**
     * Aligned, pooled buffers on huge-page slabs: a write from one of these, or a read into one, is
     * free of copies. Allocation is fastest on the loop, and allowed on any thread, and so is
     * releasing. Buffers are leak-tracked as Netty's own are.
     *
     * <p>It serves as a channel's allocator too. A buffer takes up a power of two, from 4 KiB to
     * the slab's 2 MiB, and up to that it grows in place; beyond, up to the maximum it was asked
     * for, by copying, as any of Netty's. Over 2 MiB it has a mapping of its own, which goes when
     * it is released: hold on to such ones, or use smaller ones. What is not in use for some time
     * is given back to the system (see {@link AioBuffers}). Heap buffers are not pooled.
     *
     * @return the allocator; over {@link AioBuffers#maxSlabMemory()} it throws {@link
     *     OutOfMemoryError}. It is a {@link io.netty.buffer.ByteBufAllocatorMetricProvider}, whose
     *     direct memory is what this context has mapped, in use or held for reuse
     * @see AioBuffers
     */
    ByteBufAllocator alloc();

    /**
     * Counters of this context.
     *
     * @return a live view
     */
    AioMetrics metrics();

    /** Tunes a context before its first use. */
    interface Builder {
        /**
         * How many operations may be in flight, at most seven eighths of them on one device; what
         * is over waits in the pending queue. Counts against {@code fs.aio-max-nr}. Default 256,
         * halved down to 32 with a warning where the system-wide limit is near; an explicit value
         * that cannot be had makes {@link #build} fail.
         *
         * @param capacity from 1 to 65,536
         * @return this
         */
        Builder capacity(int capacity);

        /**
         * How many operations may wait for a free place; beyond it futures fail with {@link
         * java.util.concurrent.RejectedExecutionException}. Default 16,384.
         *
         * @param maxPending 0 or more
         * @return this
         */
        Builder maxPending(int maxPending);

        /**
         * Which engine performs the operations. Default {@link AioEngine#AUTO}.
         *
         * @param engine the engine
         * @return this
         */
        Builder engine(AioEngine engine);

        /**
         * How long the loop looks for completions before it sleeps in epoll, in every turn in which
         * it has submitted or completed operations, while others are in flight. To be woken takes
         * longer than a fast device takes for a read: with few in flight this may double their
         * number a second, for a CPU that is always busy meanwhile; with many there is no need.
         * Sockets and tasks wait as long at most. Default 0: it sleeps at once. Without effect on
         * other engines than {@link AioEngine#KERNEL}, and where completions are read by {@code
         * io_getevents}.
         *
         * @param micros microseconds, from 0 to 1,000
         * @return this
         */
        Builder busyPoll(int micros);

        /**
         * Makes the context.
         *
         * @return the loop's context from now on
         * @throws IllegalStateException if the loop has a context already or is shutting down
         * @throws UnsupportedOperationException for {@link AioEngine#KERNEL} where there is none;
         *     the message says why
         * @throws java.io.UncheckedIOException with an {@link AioException} that names the limit,
         *     if an explicit capacity exceeds what {@code fs.aio-max-nr} leaves
         */
        AioContext build();
    }
}
