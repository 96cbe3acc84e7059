// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** What any thread may do with a {@link FileStream}: hand over, and be told to wait. */
public final class Inflow {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Inflow.class);

    /** What may wait to be copied, when as many writes as allowed are in flight. */
    static final long HIGH = 64 * 1024;

    private final EventLoop loop;
    private final FileStream stream;
    private final long maxWaiting;

    /** Bytes on their way to the loop, from other threads. */
    private final AtomicLong underWay = new AtomicLong();

    /** Of the loop, for all to see. */
    private volatile boolean full;

    /** Somebody has been told to wait. */
    private volatile boolean awaited;

    private volatile boolean ended;
    private volatile Runnable onWritable;

    /** Begins to open the target. */
    public Inflow(
            EventLoop loop,
            StreamTarget target,
            long position,
            long expected,
            int maxInFlight,
            long maxWaiting) {
        this.loop = loop;
        this.stream =
                new FileStream(
                        loop, target, position, expected, maxInFlight, maxWaiting, this::roomAgain);
        this.maxWaiting = maxWaiting;
        Continuation.run(loop, stream::open);
    }

    /** The length, once it is published. */
    public Future<Long> future() {
        return stream.future();
    }

    /** Called on the loop when there is room again after {@link #isWritable} was false. */
    public void onWritable(Runnable task) {
        onWritable = task;
    }

    /** Hands over a buffer. */
    public boolean write(ByteBuf src) {
        if (ended) {
            src.release();
            throw new IllegalStateException("finish or abort was called: nothing may follow");
        }
        if (loop.inEventLoop()) {
            stream.write(src);
            full = stream.waitingBytes() > HIGH;
        } else {
            int length = src.readableBytes();
            long now = underWay.addAndGet(length);
            if (now > HIGH) {
                // Before the task that may be the last one to make room.
                awaited = true;
            }
            if (now > maxWaiting) {
                underWay.addAndGet(-length);
                src.release();
                abort(FileStream.tooMuch(now, maxWaiting));
                return true;
            }
            try {
                loop.execute(() -> arrived(src, length));
            } catch (RejectedExecutionException e) {
                underWay.addAndGet(-length);
                src.release();
                // A piece is missing now.
                abort(e);
                throw e;
            }
        }
        return isWritable();
    }

    private void arrived(ByteBuf src, int length) {
        underWay.addAndGet(-length);
        stream.write(src);
        full = stream.waitingBytes() > HIGH;
        if (!full) {
            roomAgain();
        }
    }

    /** Whether more is welcome. */
    public boolean isWritable() {
        if (full || underWay.get() > HIGH) {
            awaited = true;
            // It may have become empty just before somebody began to wait.
            return !full && underWay.get() <= HIGH;
        }
        return true;
    }

    private void roomAgain() {
        full = false;
        if (awaited && underWay.get() <= HIGH) {
            awaited = false;
            Runnable task = onWritable;
            if (task != null) {
                try {
                    task.run();
                } catch (Throwable t) {
                    LOGGER.warn("the task of onWritable has thrown", t);
                }
            }
        }
    }

    /** Nothing will follow. */
    public Future<Long> finish() {
        ended = true;
        Continuation.run(loop, stream::finish);
        return stream.future();
    }

    /** Nothing will follow, and nothing is to be left. */
    public Future<Void> abort(Throwable cause) {
        ended = true;
        Continuation.run(loop, () -> stream.fail(cause));
        return stream.gone();
    }
}
