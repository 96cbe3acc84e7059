// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;

/** A handle on an open file: checks arguments, makes operations, and waits for its own at close. */
final class DefaultAioFile implements AioFile {
    final DefaultAioContext context;
    final OpenFile open;

    /** This handle's operations and tasks that have not completed. Confined to the loop. */
    int outstanding;

    /** What its device has of the context. Confined to the loop. */
    private DeviceShare share;

    /** What was learned of asking with RWF_NOWAIT. Confined to the loop. */
    final Refusals reads = new Refusals();

    final Refusals overwrites = new Refusals();

    final RefusedOverwrites refused = new RefusedOverwrites(this);

    /** The way past the inode's lock; {@code null} where no overwrite may take it. */
    private final OverwriteGate.Count gate;

    private final HandleClose closing = new HandleClose(this);

    /** Why every operation fails: the handle was made for a loop that can have no context. */
    private final Throwable broken;

    /** The loop of a broken handle. */
    private final EventLoop brokenLoop;

    DefaultAioFile(DefaultAioContext context, OpenFile open, Throwable broken) {
        this(context, open, broken, null);
    }

    private DefaultAioFile(
            DefaultAioContext context, OpenFile open, Throwable broken, EventLoop brokenLoop) {
        this.context = context;
        this.open = open;
        this.broken = broken;
        this.brokenLoop = brokenLoop;
        boolean overwritesOnLoop = broken == null && Routing.overwritesOnLoop(open);
        this.gate = overwritesOnLoop ? open.inode.gate.register() : null;
    }

    /** On the loop: whether an overwrite may go on beside the others; it leaves again. */
    boolean passesGate() {
        return gate != null && gate.enter();
    }

    void leavesGate() {
        gate.exit();
    }

    /** Gives this handle's share of the descriptor back; true if it was the last. */
    boolean release() {
        if (gate != null) {
            gate.unregister();
        }
        return open.release();
    }

    private <T> Promise<T> newPromise() {
        return LoopPromise.of(context == null ? brokenLoop : context.eventLoop());
    }

    private <T> Future<T> submit(Operation operation, Promise<T> promise, long at, int length) {
        Throwable refusal = refusalOfCall();
        if (refusal != null) {
            operation.fail(promise, refusal);
        } else {
            operation.init(this, promise, at, length);
            context.flow.execute(operation);
        }
        return promise;
    }

    private <T> Future<T> task(MetadataTask<T> task) {
        Throwable refusal = refusalOfCall();
        return refusal != null ? task.refuse(refusal) : task.start();
    }

    /**
     * Why a call fails at once; {@code null} if it does not. A close may still be on its way to the
     * loop, and a call on the loop would overtake it, as would any where a full queue holds it up.
     */
    private Throwable refusalOfCall() {
        if (broken != null) {
            return broken;
        }
        return closing.requested() ? closedFailure() : null;
    }

    @Override
    public Future<ByteBuf> read(long position, int length) {
        Arguments.range(position, length);
        return read(position, length, newPromise());
    }

    @Override
    public Future<ByteBuf> read(long position, int length, Promise<ByteBuf> promise) {
        Arguments.range(position, length);
        Arguments.notNull(promise, "promise");
        return submit(ReadOperation.get(), promise, position, length);
    }

    @Override
    public Future<Integer> read(ByteBuf dst, long position) {
        return read(dst, position, newPromise());
    }

    @Override
    public Future<Integer> read(ByteBuf dst, long position, Promise<Integer> promise) {
        Arguments.writable(dst);
        Arguments.range(position, dst.writableBytes());
        Arguments.notNull(promise, "promise");
        return submit(ReadIntoOperation.get(dst), promise, position, dst.writableBytes());
    }

    @Override
    public Future<Integer> write(ByteBuf src, long position) {
        return write(src, position, newPromise());
    }

    @Override
    public Future<Integer> write(ByteBuf src, long position, Promise<Integer> promise) {
        Arguments.notNull(src, "src");
        try {
            Arguments.range(position, src.readableBytes());
            Arguments.notNull(promise, "promise");
        } catch (RuntimeException e) {
            src.release();
            throw e;
        }
        return submit(WriteOperation.get(src), promise, position, src.readableBytes());
    }

    @Override
    public Future<Void> fsync() {
        return fsync(newPromise());
    }

    @Override
    public Future<Void> fsync(Promise<Void> promise) {
        Arguments.notNull(promise, "promise");
        return submit(SyncOperation.get(false), promise, -1, -1);
    }

    @Override
    public Future<Void> fdatasync() {
        return fdatasync(newPromise());
    }

    @Override
    public Future<Void> fdatasync(Promise<Void> promise) {
        Arguments.notNull(promise, "promise");
        return submit(SyncOperation.get(true), promise, -1, -1);
    }

    @Override
    public Future<Void> truncate(long size) {
        return truncate(size, newPromise());
    }

    @Override
    public Future<Void> truncate(long size, Promise<Void> promise) {
        Arguments.notNegative(size, "size");
        Arguments.notNull(promise, "promise");
        return task(ResizeTask.truncate(this, size, promise));
    }

    @Override
    public Future<Void> allocate(long position, long length) {
        return allocate(position, length, newPromise());
    }

    @Override
    public Future<Void> allocate(long position, long length, Promise<Void> promise) {
        Arguments.allocation(position, length);
        Arguments.notNull(promise, "promise");
        return task(ResizeTask.allocate(this, position, length, promise));
    }

    @Override
    public Future<Long> size() {
        return size(newPromise());
    }

    @Override
    public Future<Long> size(Promise<Long> promise) {
        Arguments.notNull(promise, "promise");
        return task(new FileTask<>(this, promise, file -> file.attributes().size()));
    }

    @Override
    public Future<AioFileAttributes> attributes() {
        return attributes(newPromise());
    }

    @Override
    public Future<AioFileAttributes> attributes(Promise<AioFileAttributes> promise) {
        Arguments.notNull(promise, "promise");
        return task(new FileTask<>(this, promise, OpenFile::attributes));
    }

    @Override
    public Future<Long> cached(long position, long length) {
        return cached(position, length, newPromise());
    }

    @Override
    public Future<Long> cached(long position, long length, Promise<Long> promise) {
        Arguments.extent(position, length);
        Arguments.notNull(promise, "promise");
        return task(new FileTask<>(this, promise, file -> file.cached(position, length)));
    }

    @Override
    public Future<Void> close() {
        return close(newPromise());
    }

    @Override
    public Future<Void> close(Promise<Void> promise) {
        Arguments.notNull(promise, "promise");
        if (broken != null) {
            promise.trySuccess(null);
            return promise;
        }
        return closing.close(promise);
    }

    @Override
    public AioFile on(EventLoop other) {
        Arguments.notNull(other, "other");
        if (!open.retain()) {
            return new DefaultAioFile(null, open, closedFailure(), other);
        }
        DefaultAioContext target;
        try {
            target = ContextRegistry.of(other);
        } catch (RuntimeException e) {
            Closing.later(open);
            return new DefaultAioFile(null, open, e, other);
        }
        DefaultAioFile handle = new DefaultAioFile(target, open, null);
        target.files.add(handle);
        if (!target.isOpen()) {
            // It began to close meanwhile, perhaps after it had walked over its files.
            handle.closing.force();
        }
        return handle;
    }

    /** Why an operation may not begin; {@code null} if it may. On the loop. */
    Throwable refusal() {
        return closing.began() ? closedFailure() : context.shutdown.refusal();
    }

    private AioClosedException closedFailure() {
        return new AioClosedException("file=" + open.path + " is closed; open it again");
    }

    /** On the loop: one of this handle's operations has completed. */
    void operationDone() {
        outstanding--;
        closing.check();
    }

    DeviceShare share() {
        if (share == null) {
            share = context.flow.pending.share(open.device);
            if (open.inode != null) {
                share.use(open.inode.device);
            }
        }
        return share;
    }

    HandleClose closing() {
        return closing;
    }

    @Override
    public AioContext context() {
        if (context == null) {
            throw new IllegalStateException("no context on loop " + brokenLoop, broken);
        }
        return context;
    }

    @Override
    public Path path() {
        return open.path;
    }

    @Override
    public boolean isOpen() {
        return broken == null && !closing.requested() && context.isOpen();
    }

    @Override
    public boolean isDirect() {
        return open.direct;
    }

    @Override
    public int readAlignment() {
        return open.readAlignment;
    }

    @Override
    public int writeAlignment() {
        return open.writeAlignment;
    }

    @Override
    public int memoryAlignment() {
        return open.memoryAlignment;
    }

    @Override
    public String toString() {
        return "AioFile(" + open.path + (open.direct ? ", direct" : "") + ", " + context + ')';
    }
}
