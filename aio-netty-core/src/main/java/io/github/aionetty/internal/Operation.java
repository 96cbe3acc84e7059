// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Promise;
import java.io.IOException;

/**
 * One read, write or sync, made of one transfer or several in turn. It belongs to the context's
 * owner, except between submission and completion, when the engine may only read the fields of the
 * current transfer. Instances are recycled: whoever hands one on does not touch it again.
 */
abstract class Operation extends Task implements Runnable {
    /** A transfer's limit in the kernel, MAX_RW_COUNT, as whole blocks of any size up to 64 KiB. */
    static final int MAX_TRANSFER = 0x7fff0000;

    /** Transfers through a buffer of our own are cut to this, so that memory stays bounded. */
    static final int BOUNCE = 256 * 1024;

    private static final int MAX_INTERRUPTS = 32;
    private static final int MAX_COLLISIONS = 2;

    DefaultAioFile file;
    OpenFile open;
    DeviceShare share;
    Promise<?> promise;
    long position;
    int length;

    /** The length before it was cut to the file's end. */
    int asked;

    int done;

    // The current transfer: what the engines read.
    int opcode;
    int rwFlags;
    boolean viaBuffered;
    ByteBuf memory;
    int memoryIndex;
    int transferLength;
    long transferPosition;

    /** Where the memory is; found at submission. */
    long transferAddress;

    /** Submitted by a helper from now on, because the kernel would have blocked. */
    boolean helper;

    /** {@link AllocatedAhead#changes} when a read began. */
    private int aheadChanges;

    boolean holdsRange;

    /** Has passed its inode's gate: a direct overwrite, which needs no range. */
    boolean overwrites;

    /** Counted among the syncs of its device. */
    boolean commits;

    /** Memory of our own that stands in for the caller's; released at the end. */
    AlignedBuffer bounce;

    /** How many requests its transfers may have in the device's queue at a time. */
    int requests = 1;

    int slot = -1;

    /** What a helper reports: a count or −errno, and the exception where there is no errno. */
    int result;

    Throwable cause;

    private int interrupts;
    private int collisions;

    /** Runs this operation's current transfer on a helper; made once per instance. */
    final Runnable onHelper = this::performOnHelper;

    final void init(DefaultAioFile file, Promise<?> promise, long position, int length) {
        this.file = file;
        this.open = file.open;
        this.promise = promise;
        this.position = position;
        this.length = length;
        this.asked = length;
    }

    /** Fails an operation that never got as far as {@link #init}. */
    final void fail(Promise<?> unused, Throwable failure) {
        promise = unused;
        complete(failure, true);
    }

    final DefaultAioContext context() {
        return file.context;
    }

    /** The hop onto the loop. */
    @Override
    public final void run() {
        context().flow.start(this);
    }

    private void performOnHelper() {
        try {
            context().engine.perform(this);
        } catch (Throwable t) {
            // Before submission, since nothing after it can throw: the operation is still ours.
            failUnsubmitted(t);
        }
    }

    /** Any thread: its transfer has not been submitted, and will not be. */
    final void failUnsubmitted(Throwable t) {
        cause = t;
        result = -Errno.EIO;
        context().post(this);
    }

    /** The same for all of a chain. */
    static void failUnsubmitted(Task chain, Throwable t) {
        Task rest = chain;
        while (rest != null) {
            Operation operation = (Operation) rest;
            rest = PostedTasks.unlink(operation);
            operation.failUnsubmitted(t);
        }
    }

    @Override
    final void granted() {
        context().flow.toHelper(this);
    }

    /** True if the operation has to hold blocks of the inode before its next transfer. */
    boolean needsRange() {
        return false;
    }

    /** Whether it has the file system commit its journal. */
    boolean isSync() {
        return false;
    }

    /** Whether asking with RWF_NOWAIT is worth it; only reads and writes ask. */
    Refusals refusals() {
        return file.reads;
    }

    /** Takes the blocks; false if they will be granted later. */
    boolean acquireRange() {
        return true;
    }

    /**
     * Sets up the next transfer.
     *
     * @return false if there is nothing to transfer: the operation is complete
     * @throws IOException if there is no memory for it
     */
    abstract boolean prepare() throws IOException;

    /**
     * Takes up a transfer's result.
     *
     * @return true if the operation is complete
     */
    abstract boolean advance(int transferred) throws IOException;

    /** The value for the promise, which takes it over. */
    abstract Object value();

    /** Releases what the operation holds of the caller's, and its value if nobody took it. */
    abstract void releaseBuffers();

    abstract void recycle();

    abstract String name();

    @Override
    final void deliver() {
        context().flow.complete(this, result);
    }

    @Override
    final void deliverTo(Drainer drainer) {
        drainer.completed(this, result);
    }

    /**
     * Whether a read that gave fewer bytes than asked for has met the end of the file.
     *
     * @param transferred the bytes of the transfer that has just completed
     */
    final boolean atEnd(int transferred) {
        if (transferred == transferLength) {
            return false;
        }
        if (open.direct && (transferred & (open.readAlignment - 1)) != 0) {
            // Direct transfers stop within a block nowhere else.
            return true;
        }
        if ((rwFlags & Iocb.RWF_NOWAIT) != 0) {
            // NOWAIT also stops where the next page would block: only a helper's 0 is the end.
            helper = true;
            return false;
        }
        return transferred == 0;
    }

    /** What went wrong before the current transfer is not held against the next one. */
    final void succeeded() {
        interrupts = 0;
        collisions = 0;
    }

    /** Whether a negative result means: once more, on a helper or just so. */
    final boolean retry(int negative) {
        if ((rwFlags & Iocb.RWF_NOWAIT) != 0) {
            if (negative == -Errno.EAGAIN) {
                helper = true;
                return true;
            }
            if (negative == -Errno.EOPNOTSUPP || negative == -Errno.EINVAL) {
                // tmpfs and overlayfs refuse NOWAIT for good; EINVAL may also be of another cause.
                if (negative == -Errno.EOPNOTSUPP) {
                    neverAskAgain();
                }
                helper = true;
                return true;
            }
        }
        if (negative == -Errno.EIO && mayHaveCollided()) {
            collisions++;
            helper = true;
            return true;
        }
        return negative == -Errno.EINTR && ++interrupts < MAX_INTERRUPTS;
    }

    /**
     * XFS reserves space for buffered writes, behind the end for appends too. A direct read that
     * meets it fails with EIO ("Direct I/O collision with buffered writes"), until it is written or
     * the read ends with the file; whether the file ended there then, nobody knows now.
     */
    private boolean mayHaveCollided() {
        return opcode == Iocb.PREAD
                && open.direct
                && open.kind.readsMayCollide()
                && collisions < MAX_COLLISIONS;
    }

    /** A direct read has failed with EIO, and may have reached behind the file's end. */
    final boolean endsWithFile() {
        return collisions > 0;
    }

    private void neverAskAgain() {
        if (opcode == Iocb.PREAD) {
            open.nowaitRefused = true;
        } else {
            open.overwriteRefused = true;
        }
    }

    final Throwable failure(int negative) {
        if (cause != null) {
            return cause;
        }
        return Errors.of(negative, name(), open.path, position, length);
    }

    /** A bounce buffer of at least that size, kept until the operation ends. */
    final AlignedBuffer bounce(int capacity) throws IOException {
        if (bounce == null || bounce.capacity() < capacity) {
            releaseBounce();
            bounce = context().allocator.take(capacity);
            if (bounce == null) {
                throw noMemory(capacity);
            }
        }
        context().counters.copies.increment();
        return bounce;
    }

    final IOException noMemory(int capacity) {
        return new io.github.aionetty.AioException(
                Errno.ENOMEM,
                name(),
                open.path.toString(),
                position,
                length,
                AlignedAllocator.exhausted(capacity));
    }

    final void releaseBounce() {
        if (bounce != null) {
            bounce.release();
            bounce = null;
        }
    }

    final void transfer(int opcode, ByteBuf memory, int memoryIndex, int transferLength, long at) {
        this.opcode = opcode;
        this.memory = memory;
        this.memoryIndex = memoryIndex;
        this.transferLength = transferLength;
        this.transferPosition = at;
    }

    /** Whether rounding up would overflow the offset: no file reaches so far. */
    final boolean beyondAnyFile() {
        return position > Long.MAX_VALUE - length - 2L * open.readAlignment;
    }

    /**
     * Before a read's first transfer: cuts it to the data's end.
     *
     * @return false if all of it lies behind
     */
    final boolean endsWithData() {
        if (open.inode == null) {
            return true;
        }
        aheadChanges = open.inode.ahead.changes();
        long end = open.inode.ahead.dataEnd();
        if (position >= end) {
            return false;
        }
        length = (int) Math.min(length, end - position);
        return true;
    }

    /**
     * After a read's last transfer, which may have taken space for data that somebody has allocated
     * meanwhile: cuts the length to the data's end.
     *
     * @return true if nobody knows that any more, so that it has to read again
     */
    final boolean hasMetSpace() {
        if (open.inode == null || aheadChanges == open.inode.ahead.changes()) {
            return false;
        }
        long end = open.inode.ahead.dataEnd();
        if (end == AllocatedAhead.NONE) {
            length = asked;
            return true;
        }
        length = (int) Math.max(0, Math.min(length, end - position));
        return false;
    }

    /** Cuts the current transfer; {@code most} is a multiple of the file's alignment. */
    final void shorten(int most) {
        transferLength = Math.min(transferLength, most);
    }

    /**
     * Fulfils or fails the promise and gives everything back.
     *
     * @param reuse whether the instance may be used again after this
     */
    @SuppressWarnings("unchecked")
    final void complete(Throwable failure, boolean reuse) {
        Promise<Object> completed = (Promise<Object>) promise;
        Object value = null;
        Throwable problem = failure;
        try {
            if (problem == null) {
                value = value();
            }
        } catch (Throwable t) {
            problem = t;
        }
        try {
            releaseBounce();
            releaseBuffers();
        } catch (Throwable t) {
            // The caller has released a buffer too often: it learns it here, and not by hanging.
            problem = problem == null ? t : problem;
        }
        if (reuse) {
            clear();
            recycle();
        }
        if (problem != null) {
            discard(value);
            completed.tryFailure(problem);
        } else if (!completed.trySuccess(value)) {
            discard(value);
        }
    }

    private static void discard(Object value) {
        if (value instanceof ByteBuf buffer) {
            buffer.release();
        }
    }

    private void clear() {
        file = null;
        open = null;
        share = null;
        promise = null;
        memory = null;
        cause = null;
        slot = -1;
        done = 0;
        rwFlags = 0;
        succeeded();
        helper = false;
        viaBuffered = false;
        holdsRange = false;
        overwrites = false;
        commits = false;
    }
}
