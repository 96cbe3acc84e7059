// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.Inflow;
import io.github.aionetty.internal.OpenedTarget;
import io.github.aionetty.internal.ReplacedTarget;
import io.github.aionetty.internal.StreamTarget;
import io.github.aionetty.internal.TemporaryName;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;

/**
 * Writes a stream of buffers to a file, in order: gathers small ones into aligned blocks, has
 * several writes in flight, and says when to wait for the disk. Any thread may call; who calls from
 * several sees to their order. {@link AioFileSink} does this in a pipeline, {@link AioFlow} for
 * {@code java.util.concurrent.Flow}.
 *
 * <pre>{@code
 * AioFileWriter writer = AioFileWriter.replacing(loop, path).build();
 * if (!writer.write(bytes)) {
 *     source.pause(); // until onWritable calls, which may just have done so
 *     if (writer.isWritable()) {
 *         source.resume();
 *     }
 * }
 * writer.finish().addListener((FutureListener<Long>) done -> tell(done.isSuccess()));
 * }</pre>
 *
 * <p>A writer that {@link #replacing replaces} writes to a temporary file in the target's
 * directory, {@code .aio-netty-….part}, past the page cache where the file system allows it and
 * with space allocated ahead; it is cut to the exact length, synced, renamed, and the directory
 * synced. Until then the old file is there, and if it fails or is aborted it stays. A JVM that ends
 * in the middle leaves the temporary file.
 *
 * <p>It holds up to {@link Builder#maxInFlight} blocks in flight and one that fills up, of 16 KiB
 * each for a stream that is slower than the disk and up to 256 KiB for a faster one, and what comes
 * after it has said to wait. Where others hold all memory, it waits for it.
 */
public final class AioFileWriter {
    private final Inflow inflow;

    private AioFileWriter(Inflow inflow) {
        this.inflow = inflow;
    }

    /**
     * Makes a file, or takes the place of one, as a whole or not at all. Where there is one, the
     * new file has no permissions that it has not; owner, times and other attributes are those of a
     * new file.
     *
     * @param loop does the work, by its {@link AioContext}, and completes the futures
     * @param target the file; a symbolic link is replaced, not followed
     * @param attributes of the new file, instead of the permissions of the old one, as for {@link
     *     AioContext#open(Path, java.util.Set, FileAttribute...)}
     * @return a builder with the defaults
     * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">rename(2)</a>
     */
    public static Builder replacing(EventLoop loop, Path target, FileAttribute<?>... attributes) {
        return new Builder(loop, Objects.requireNonNull(target, "target"), attributes, null, 0);
    }

    /**
     * Writes into an open file, which stays open, and keeps what it has behind the last byte.
     * Whatever has been written when it fails stays.
     *
     * @param file open for writing; its loop does the work
     * @param position of the first byte
     * @return a builder with the defaults
     */
    public static Builder into(AioFile file, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position=" + position + " (expected: >= 0)");
        }
        return new Builder(file.context().eventLoop(), null, null, file, position);
    }

    /**
     * Whether a file of this name is one that a writer (or {@link AioFiles#copy copy}) is working
     * at, or has left behind in a crash: a server does not show it, and one that starts may delete
     * it.
     *
     * @param fileName the last name of a path
     * @return true for {@code .aio-netty-….part}
     */
    public static boolean isTemporary(String fileName) {
        return TemporaryName.matches(fileName);
    }

    /**
     * Takes the readable bytes. Releases {@code src} in any case, once it has been copied.
     *
     * @param src any buffer
     * @return {@link #isWritable()}; more is accepted all the same, and held, up to {@link
     *     Builder#maxWaiting}
     * @throws IllegalStateException after {@link #finish} or {@link #abort}
     */
    public boolean write(ByteBuf src) {
        return inflow.write(src);
    }

    /**
     * Whether the disk keeps up. Always true once it has failed, when all is thrown away.
     *
     * @return false where the source should wait until {@link #onWritable} calls
     */
    public boolean isWritable() {
        return inflow.isWritable();
    }

    /**
     * What to call when there is room after {@link #isWritable()} was false, and when it fails.
     *
     * @param task called on the loop; replaces an earlier one
     * @return this
     */
    public AioFileWriter onWritable(Runnable task) {
        inflow.onWritable(task);
        return this;
    }

    /**
     * Nothing follows: writes what is left and publishes the file.
     *
     * @return {@link #future()}
     */
    public Future<Long> finish() {
        return inflow.finish();
    }

    /**
     * Nothing follows, and nothing is to be left. Too late when all has been written after {@link
     * #finish}: then it goes on.
     *
     * @return completes when the temporary file is gone, or else with {@link #future()}
     */
    public Future<Void> abort() {
        return abort(new AioClosedException("the stream into the file was aborted"));
    }

    /**
     * As {@link #abort()}, with what {@link #future()} fails with.
     *
     * @param cause the reason
     * @return completes when the temporary file is gone, or else with {@link #future()}
     */
    public Future<Void> abort(Throwable cause) {
        return inflow.abort(Objects.requireNonNull(cause, "cause"));
    }

    /**
     * What becomes of it.
     *
     * @return completes with the length in bytes once the file is published; fails when nothing is
     *     left of it, with the first error: no space ({@link AioException#errno()} 28), another
     *     length than expected. If syncing the directory fails, the new file is there, and may be
     *     lost in a crash
     */
    public Future<Long> future() {
        return inflow.future();
    }

    /** How a stream is written. */
    public static final class Builder {
        private static final int MAX_IN_FLIGHT = 4;
        private static final int MOST_IN_FLIGHT = 256;
        private static final long MAX_WAITING = 16L << 20;

        private final EventLoop loop;
        private final Path target;
        private final FileAttribute<?>[] attributes;
        private final AioFile file;
        private final long position;
        private long expectedLength = -1;
        private int maxInFlight = MAX_IN_FLIGHT;
        private long maxWaiting = MAX_WAITING;
        private boolean durable = true;
        private boolean replace = true;

        private Builder(
                EventLoop loop,
                Path target,
                FileAttribute<?>[] attributes,
                AioFile file,
                long position) {
            this.loop = Objects.requireNonNull(loop, "loop");
            this.target = target;
            this.attributes = attributes;
            this.file = file;
            this.position = position;
        }

        /**
         * How long the stream has to be, as a {@code Content-Length} says: a longer one fails with
         * an {@link java.io.IOException} at once, a shorter one with an {@link
         * java.io.EOFException} at its end.
         *
         * @param bytes 0 or more
         * @return this
         */
        public Builder expectedLength(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("expectedLength=" + bytes + " (expected: >= 0)");
            }
            expectedLength = bytes;
            return this;
        }

        /**
         * How many writes are in flight at most: 4 by default.
         *
         * @param writes 1 to 256
         * @return this
         */
        public Builder maxInFlight(int writes) {
            if (writes < 1 || writes > MOST_IN_FLIGHT) {
                throw new IllegalArgumentException(
                        "maxInFlight=" + writes + " (expected: 1 to " + MOST_IN_FLIGHT + ")");
            }
            maxInFlight = writes;
            return this;
        }

        /**
         * How much may wait for the disk when the source does not: 16 MiB by default. More of it
         * fails the stream, as what a {@code HttpContentDecompressor} makes of a few KiB may do.
         *
         * @param bytes 1 or more
         * @return this
         */
        public Builder maxWaiting(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxWaiting=" + bytes + " (expected: >= 1)");
            }
            maxWaiting = bytes;
            return this;
        }

        /**
         * Whether the device has to have everything before it is a success: {@code fsync} of the
         * file before, and of its directory after the rename; for an open file {@code fdatasync}.
         * True by default. Without it a crash of the system may leave an empty or partial file.
         *
         * @param wanted whether to sync
         * @return this
         */
        public Builder durable(boolean wanted) {
            durable = wanted;
            return this;
        }

        /**
         * Whether a file of that name may be replaced: true by default. Else the stream fails at
         * its end with {@link java.nio.file.FileAlreadyExistsException} where there is one; on file
         * systems without hard links it always fails.
         *
         * @param wanted whether to replace
         * @return this
         */
        public Builder replace(boolean wanted) {
            replace = wanted;
            return this;
        }

        /**
         * Begins to open the file; what is written meanwhile waits.
         *
         * @return the writer, which has to be finished or aborted
         */
        public AioFileWriter build() {
            StreamTarget to =
                    file == null
                            ? new ReplacedTarget(loop, target, replace, durable, attributes)
                            : new OpenedTarget(file, durable);
            return new AioFileWriter(
                    new Inflow(loop, to, position, expectedLength, maxInFlight, maxWaiting));
        }
    }
}
