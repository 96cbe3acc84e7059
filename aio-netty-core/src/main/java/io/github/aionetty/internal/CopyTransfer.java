// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings the data of one open file into another, several pieces at once: each is read into a buffer
 * of the context's and written from there. Holes are passed over. Confined to the loop, or to the
 * drainer after its end.
 */
final class CopyTransfer {
    /** What one read and its write take. */
    private static final int PIECE = 1 << 20;

    /** How much of the context's memory and places one copy takes. */
    private static final int MOST_BYTES = 8 * PIECE;

    private static final int MOST_PIECES = 32;

    private static final int MIN_UNIT = 4096;

    private final DefaultAioFile source;
    private final DefaultAioFile target;
    private final CopyProgress progress;
    private final BooleanSupplier stopped;
    private final Consumer<Throwable> whenDone;
    private final ExtentScan scan;

    /** Where the next piece begins, and where the data ends that it belongs to. */
    private long at;

    private long extentEnd;

    /** Where the source has been seen to end earlier than it was found to. */
    private long cutAt = Long.MAX_VALUE;

    /** Where pieces begin for which there was no memory, or no place; and how long each is. */
    private final ArrayDeque<Piece> refused = new ArrayDeque<>();

    private record Piece(long position, int length) {}

    /** Whether it waits for something to come back, or for a while to pass. */
    private boolean patient;

    /** What the target is to be as long as, and whether it is. */
    private long size;

    private boolean sized;

    /** Pieces and tasks that have not come back. */
    private int outstanding;

    private int pieces;
    private int bytes;

    /** For the size, or for extents. */
    private boolean waiting;

    private boolean pumping;
    private boolean ended;
    private Throwable failure;

    /**
     * A transfer that is still to be started.
     *
     * @param stopped whether nobody wants it any more: nothing new is begun then
     * @param whenDone told once, when nothing is outstanding: the failure, or {@code null}
     */
    CopyTransfer(
            DefaultAioFile source,
            DefaultAioFile target,
            CopyProgress progress,
            BooleanSupplier stopped,
            Consumer<Throwable> whenDone) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.stopped = stopped;
        this.whenDone = whenDone;
        int unit = Math.max(source.readAlignment(), target.writeAlignment());
        this.scan = new ExtentScan(Math.max(MIN_UNIT, unit));
    }

    /**
     * Gives the target its size first: then no write extends it, and many may go on at once. To
     * allocate the space, too, gains nothing: the file has as few extents, and the loop would take
     * its writes for overwrites, and wait for the journal that takes part in them all the same.
     */
    void start(long size) {
        progress.total(size);
        this.size = size;
        pump();
    }

    private void resize() {
        waiting = true;
        outstanding++;
        Promise<Void> resized = promise();
        target.truncate(size, resized);
        resized.addListener(
                f -> {
                    waiting = false;
                    sized = f.isSuccess();
                    taskDone(f.cause());
                });
    }

    /** How long the copy is to be. */
    long length() {
        return Math.min(cutAt, scan.size());
    }

    private boolean mayGoOn() {
        return failure == null && cutAt == Long.MAX_VALUE && !stopped.getAsBoolean();
    }

    /** Begins what may be begun; what completes at once meanwhile is looked at here, too. */
    private void pump() {
        if (pumping || ended) {
            return;
        }
        pumping = true;
        try {
            boolean more = true;
            while (more) {
                more = mayGoOn() && !waiting && !patient && step();
            }
        } catch (Throwable t) {
            fail(t);
        }
        pumping = false;
        if (outstanding == 0 && patient && mayGoOn()) {
            outstanding++;
            PauseTask.start(target.context, this::paused);
        } else if (outstanding == 0) {
            ended = true;
            whenDone.accept(failure);
        }
    }

    private void paused(Throwable cause) {
        patient = false;
        taskDone(cause);
    }

    /** False if there is nothing more to begin just now. */
    private boolean step() {
        if (!sized) {
            resize();
            return true;
        }
        if (!refused.isEmpty() && hasRoom()) {
            transfer(refused.remove());
            return true;
        }
        if (at < extentEnd) {
            if (!hasRoom()) {
                return false;
            }
            transfer(nextPiece());
            return true;
        }
        if (scan.advance()) {
            progress.add(scan.start() - at);
            at = scan.start();
            extentEnd = scan.end();
            return true;
        }
        if (scan.isFinished()) {
            return false;
        }
        scan();
        return true;
    }

    private void scan() {
        waiting = true;
        outstanding++;
        Promise<Void> scanned = promise();
        new FileTask<>(source, scanned, scan::load).start();
        scanned.addListener(
                f -> {
                    waiting = false;
                    if (f.isSuccess()) {
                        progress.total(scan.size());
                    }
                    taskDone(f.cause());
                });
    }

    private boolean hasRoom() {
        return pieces < MOST_PIECES && bytes < MOST_BYTES;
    }

    private Piece nextPiece() {
        int length = (int) Math.min(extentEnd - at, PIECE - (at & (PIECE - 1)));
        int part = length & (target.writeAlignment() - 1);
        if (part < length) {
            // What is no whole block comes by itself: the rest goes past the page cache.
            length -= part;
        }
        Piece piece = new Piece(at, length);
        at += length;
        return piece;
    }

    private void transfer(Piece piece) {
        bytes += piece.length;
        pieces++;
        outstanding++;
        Promise<ByteBuf> read = promise();
        source.read(piece.position, piece.length, read);
        read.addListener((Future<ByteBuf> f) -> write(f, piece));
    }

    private void write(Future<ByteBuf> read, Piece piece) {
        if (!read.isSuccess()) {
            pieceDone(piece, 0, read.cause());
            return;
        }
        ByteBuf content = read.getNow();
        int length = content.readableBytes();
        if (length < piece.length) {
            cutAt = Math.min(cutAt, piece.position + length);
        }
        if (length == 0 || failure != null || stopped.getAsBoolean()) {
            content.release();
            pieceDone(piece, 0, null);
            return;
        }
        Promise<Integer> written = promise();
        target.write(content, piece.position, written);
        written.addListener(f -> pieceDone(piece, length, f.cause()));
    }

    private void pieceDone(Piece piece, int written, Throwable cause) {
        pieces--;
        bytes -= piece.length;
        if (cause == null) {
            progress.add(written);
            patient = false;
        } else if (Errors.isForTheMoment(cause)) {
            // All of it once more: nobody counts on what has been read.
            refused.add(piece);
        }
        taskDone(cause);
    }

    private void taskDone(Throwable cause) {
        outstanding--;
        if (Errors.isForTheMoment(cause)) {
            patient = true;
        } else if (cause != null) {
            fail(cause);
        }
        pump();
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Listened to wherever it completes. */
    private static <T> Promise<T> promise() {
        return ImmediateEventExecutor.INSTANCE.newPromise();
    }
}
