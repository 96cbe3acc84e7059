// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads a range of a file from front to back, some chunks ahead of whoever takes them. Confined to
 * one executor, which calls and is called.
 *
 * <p>How many chunks ahead is learned: one more each time the taker waits for the disk, one less
 * each time all of them have waited for the taker. What nobody asks for within {@value
 * #PATIENCE_MILLIS} ms is given back, to be read again: a client that reads slowly holds what is on
 * its way to the socket, and no more.
 */
public final class ReadAhead {
    /** Longer than a socket needs to drain its queue to a client that reads. */
    static final int PATIENCE_MILLIS = 200;

    /**
     * Longer than the page cache takes. What it has need not be read ahead: a chunk that goes to
     * the socket at once is still in the CPU's cache.
     */
    private static final long CACHED_NANOS = 200_000;

    private final AioFile file;
    private final EventExecutor executor;
    private final long end;
    private final int chunk;
    private final int depth;
    private final Runnable ready;
    private final UnchangedCheck check;

    /** How long the taker waits before more is read ahead. */
    private final long patience;

    private final ArrayDeque<ReadAheadSlot> slots = new ArrayDeque<>();

    /** Where the next read begins. */
    private long position;

    /** The end of what has been taken. */
    private long taken;

    private int window = 1;
    private long polls;

    /** Something has been taken. */
    private boolean begun;

    /** The taker has gone away with nothing, and is to be called. */
    private boolean hungry;

    private long hungrySince;
    private long takenAt;

    /** It has been called since it came last. */
    private boolean summoned;

    /** Inside of a call, whose caller sees by itself what is ready. */
    private boolean called;

    /** Looks whether anybody comes. */
    private Future<?> watch;

    private boolean retrying;
    private boolean closed;
    private Throwable failure;

    /**
     * Begins nothing yet.
     *
     * @param file read, and left open
     * @param executor calls all methods, and {@code ready}
     * @param range what is to be read, and how
     * @param expected what the file has to be like at the end, or {@code null}
     * @param ready called when {@link #poll} would give more than it did
     */
    public ReadAhead(
            AioFile file,
            EventExecutor executor,
            StreamRange range,
            AioFileAttributes expected,
            Runnable ready) {
        this.file = file;
        this.executor = executor;
        this.position = range.offset();
        this.taken = range.offset();
        this.end = range.end();
        this.chunk = range.chunkSize();
        this.depth = range.readAhead();
        this.patience = file.isDirect() ? 0 : CACHED_NANOS;
        this.check =
                expected == null
                        ? null
                        : new UnchangedCheck(file, executor, expected, end, this::call);
        this.ready = ready;
    }

    /**
     * Takes the next chunk, and begins the reads that there is room for.
     *
     * @return the caller's; {@code null} at the end, or where it has to wait to be called
     * @throws Exception what has failed, now and from then on
     */
    public ByteBuf poll() throws Exception {
        polls++;
        boolean late = !summoned;
        summoned = false;
        hungry = false;
        called = true;
        try {
            return next(late);
        } finally {
            called = false;
        }
    }

    private ByteBuf next(boolean late) throws Exception {
        throwFailure();
        if (isAtEnd()) {
            return null;
        }
        if (retrying) {
            hungry = true;
            return null;
        }
        if (slots.isEmpty()) {
            begin();
        }
        ReadAheadSlot head = slots.element();
        if (!isReady(head)) {
            throwFailure();
            hungry = true;
            return null;
        }
        if (!begun && check != null) {
            check.first(head);
        }
        begun = true;
        if (late && slots.size() >= window && slots.peekLast().hasArrived()) {
            window = Math.max(0, window - 1);
        }
        slots.remove();
        taken += head.length;
        takenAt = executor.ticker().nanoTime();
        ByteBuf bytes = head.getNow();
        fill();
        watch();
        return bytes;
    }

    private boolean isReady(ReadAheadSlot head) {
        if (!head.hasArrived()) {
            hungrySince = executor.ticker().nanoTime();
            fill();
            if (!head.hasArrived()) {
                return false;
            }
            // It had waited for a place, and has failed in its turn.
        }
        if (!head.isSuccess()) {
            if (!mayWait(head.cause()) || !retryLater()) {
                fail(head.cause());
            }
            return false;
        }
        int found = head.getNow().readableBytes();
        if (found != head.length) {
            fail(UnchangedCheck.shorter(file, head.from + found, end));
            return false;
        }
        if (check == null || head.from + head.length < end || check.hasPassed(head)) {
            return true;
        }
        if (check.failure() != null) {
            fail(check.failure());
        }
        return false;
    }

    private void throwFailure() throws Exception {
        if (failure instanceof Exception e) {
            throw e;
        }
        if (failure != null) {
            throw (Error) failure;
        }
    }

    private void fill() {
        while (failure == null && position < end && slots.size() < window) {
            begin();
        }
    }

    /** All chunks but the first begin on a multiple of their size, as direct reads like it. */
    private void begin() {
        int length = (int) Math.min(chunk - position % chunk, end - position);
        ReadAheadSlot slot = new ReadAheadSlot(this, executor, position, length);
        slots.add(slot);
        position += length;
        slot.begin(file);
    }

    /** A read has come back, maybe before its turn. */
    void completed(ReadAheadSlot slot) {
        if (slot == slots.peek()) {
            if (begun && hungry && waits()) {
                window = Math.min(depth, window + 1);
            }
            call();
        }
    }

    /** Whether the taker comes fast, and waits for the disk. */
    private boolean waits() {
        return executor.ticker().nanoTime() - hungrySince >= patience
                && hungrySince - takenAt < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    }

    /**
     * Others hold the memory, or the queue: what has begun goes on when they let go. What has not
     * is told at once.
     */
    private boolean mayWait(Throwable cause) {
        return begun && !executor.isShuttingDown() && Errors.isForTheMoment(cause);
    }

    private boolean retryLater() {
        retrying = Pause.on(executor, this::retry);
        if (retrying) {
            giveBack();
            window = 0;
        }
        return retrying;
    }

    private void retry() {
        retrying = false;
        if (!closed && hungry && slots.isEmpty()) {
            begin();
        }
    }

    private void call() {
        if (hungry && !called && !closed) {
            hungry = false;
            summoned = true;
            watch();
            ready.run();
        }
    }

    /** Looks, a while later, whether anybody has asked since. */
    private void watch() {
        if (watch == null && !slots.isEmpty()) {
            long seen = polls;
            try {
                watch = executor.schedule(() -> look(seen), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The executor ends, and so will this.
            }
        }
    }

    private void look(long seen) {
        watch = null;
        if (closed || hungry) {
            return;
        }
        if (polls == seen) {
            giveBack();
            window = 0;
        } else {
            watch();
        }
    }

    /** What has been read and not taken will be read again. */
    private void giveBack() {
        slots.forEach(ReadAheadSlot::abandon);
        slots.clear();
        position = taken;
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
            giveBack();
        }
    }

    /** True if everything has been taken. */
    public boolean isAtEnd() {
        return taken == end;
    }

    /** How far it has been taken, as a position in the file. */
    public long taken() {
        return taken;
    }

    /** Lets go of everything; reads in flight are released as they come. */
    public void close() {
        if (!closed) {
            closed = true;
            fail(new ClosedChannelException());
            if (watch != null) {
                watch.cancel(false);
            }
            if (hungry && !called) {
                // Who waits is to learn of it.
                hungry = false;
                ready.run();
            }
        }
    }
}
