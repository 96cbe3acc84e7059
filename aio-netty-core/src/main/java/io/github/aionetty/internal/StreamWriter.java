// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;

/**
 * Gathers a stream of buffers of any size into aligned blocks, and writes these to a file, several
 * at a time. Confined to the file's loop.
 *
 * <p>Blocks are small for a slow stream, which holds one for a long time, and become larger while
 * the disk is slower than the stream.
 */
final class StreamWriter {
    static final int MIN_BLOCK = 16 * 1024;
    static final int MAX_BLOCK = 256 * 1024;

    /** What is copied at once if it has to wait. */
    private static final int SMALL = 4096;

    private static final int GATHERED = 16 * 1024;

    /** What becomes of the stream, on the loop. */
    interface Owner {
        /** All that was given has been copied: there is room for more. */
        void drained();

        /** Everything until the end is in the file. */
        void written();

        /** A write has failed: the owner stops this. */
        void failed(Throwable cause);

        /** After {@link #stop}, once: no write is in flight any more. */
        void stopped();
    }

    private final EventLoop loop;
    private final int maxInFlight;
    private final Owner owner;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();

    /** The last one that waits, if it takes up small ones. */
    private ByteBuf gathering;

    private AioFile file;
    private ByteBuf block;
    private int blockSize = MIN_BLOCK;
    private long position;
    private long waitingBytes;
    private int inFlight;
    private boolean retrying;
    private boolean ending;
    private boolean over;

    StreamWriter(EventLoop loop, long position, int maxInFlight, Owner owner) {
        this.loop = loop;
        this.position = position;
        this.maxInFlight = maxInFlight;
        this.owner = owner;
    }

    /** From now on there is somewhere to write to. */
    void begin(AioFile opened) {
        file = opened;
        drain();
    }

    /** Takes a buffer, which it releases. */
    void write(ByteBuf src) {
        if (over || ending || !src.isReadable()) {
            src.release();
            return;
        }
        waitingBytes += src.readableBytes();
        boolean added = false;
        try {
            add(src);
            added = true;
        } finally {
            if (!added) {
                src.release();
            }
        }
        drain();
    }

    /** A small one may hold a large buffer, of which it is a part: many of them are copied. */
    private void add(ByteBuf src) {
        if (src.readableBytes() > SMALL || waiting.isEmpty()) {
            waiting.add(src);
            gathering = null;
            return;
        }
        if (gathering == null || gathering.writableBytes() < src.readableBytes()) {
            ByteBuf fresh = ByteBufAllocator.DEFAULT.directBuffer(GATHERED, GATHERED);
            waiting.add(fresh);
            gathering = fresh;
        }
        gathering.writeBytes(src, src.readerIndex(), src.readableBytes());
        src.release();
    }

    /** What is held and has not been copied yet. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Writes what is left, and then tells. */
    void end() {
        ending = true;
        drain();
    }

    /** Lets go of everything that is not in flight. Once, and not after the end. */
    void stop() {
        over = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        gathering = null;
        waitingBytes = 0;
        if (block != null) {
            block.release();
            block = null;
        }
        tellStopped();
    }

    private void drain() {
        if (over || file == null || retrying) {
            return;
        }
        try {
            boolean some = !waiting.isEmpty();
            while (!waiting.isEmpty() && hasBlock()) {
                gather();
            }
            if (some && waiting.isEmpty() && !over) {
                owner.drained();
            }
            atEnd();
        } catch (Throwable t) {
            if (!over) {
                owner.failed(t);
            }
        }
    }

    private void gather() {
        ByteBuf src = waiting.element();
        int length = Math.min(src.readableBytes(), block.writableBytes());
        block.writeBytes(src, length);
        waitingBytes -= length;
        if (!src.isReadable()) {
            waiting.remove().release();
            if (src == gathering) {
                gathering = null;
            }
        }
        if (!block.isWritable()) {
            submit();
        }
    }

    private boolean hasBlock() {
        if (block != null) {
            return true;
        }
        if (inFlight == maxInFlight) {
            return false;
        }
        // Blocks end on multiples of their size, whatever the first position.
        int size = (int) (blockSize - position % blockSize);
        try {
            block = file.context().alloc().directBuffer(size, size);
            return true;
        } catch (OutOfMemoryError e) {
            // Others hold the memory: one of our writes, or else time, will give some back.
            if (inFlight == 0) {
                retryLater(e);
            }
            return false;
        }
    }

    private void retryLater(OutOfMemoryError e) {
        retrying = Pause.on(loop, this::retry);
        if (!retrying) {
            throw e;
        }
    }

    private void retry() {
        retrying = false;
        drain();
    }

    private void submit() {
        ByteBuf full = block;
        block = null;
        // The next one waits for the disk, if anything is on its way there.
        blockSize =
                inFlight > 0
                        ? Math.min(MAX_BLOCK, blockSize * 2)
                        : Math.max(MIN_BLOCK, blockSize / 2);
        long from = position;
        position += full.readableBytes();
        inFlight++;
        file.write(full, from, Continuation.of(loop, this::written));
    }

    private void atEnd() {
        if (over || !ending || !waiting.isEmpty()) {
            return;
        }
        if (block != null) {
            submit();
        }
        if (inFlight == 0 && !over) {
            over = true;
            owner.written();
        }
    }

    private void written(Future<Integer> done) {
        inFlight--;
        if (over) {
            tellStopped();
        } else if (!done.isSuccess()) {
            owner.failed(done.cause());
        } else {
            drain();
        }
    }

    private void tellStopped() {
        if (inFlight == 0) {
            owner.stopped();
        }
    }
}
