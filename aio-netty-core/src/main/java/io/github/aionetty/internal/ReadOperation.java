// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Iocb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.Recycler;
import java.io.IOException;

/**
 * Reads into an aligned buffer of our own. A direct read starts and ends on the alignment around
 * the bytes asked for, and the reader index skips what is in front of them: nothing is copied.
 */
final class ReadOperation extends Operation {
    private static final Recycler<ReadOperation> RECYCLER =
            new Recycler<>() {
                @Override
                protected ReadOperation newObject(Handle<ReadOperation> handle) {
                    return new ReadOperation(handle);
                }
            };

    private final Recycler.Handle<ReadOperation> handle;
    private AlignedBuffer buffer;

    /** Bytes of the buffer that hold data from {@code base} on. */
    private int filled;

    private ReadOperation(Recycler.Handle<ReadOperation> handle) {
        this.handle = handle;
    }

    static ReadOperation get() {
        return RECYCLER.get();
    }

    private int skip() {
        return (int) (position & (open.readAlignment - 1));
    }

    @Override
    boolean prepare() throws IOException {
        if (length == 0 || beyondAnyFile()) {
            return false;
        }
        if (filled == 0 && !endsWithData()) {
            return false;
        }
        int unit = open.readAlignment;
        int total = (int) ((skip() + (long) length + unit - 1) & -(long) unit);
        if (buffer != null && buffer.capacity() < total) {
            // It reads again, beyond what it took for the data's end.
            buffer.release();
            buffer = null;
        }
        if (buffer == null) {
            buffer = context().allocator.take(total);
            if (buffer == null) {
                throw noMemory(total);
            }
        }
        int from = filled & -unit;
        transfer(
                Iocb.PREAD,
                buffer,
                from,
                Math.min(total - from, MAX_TRANSFER),
                position - skip() + from);
        return true;
    }

    @Override
    boolean advance(int transferred) {
        filled = memoryIndex + transferred;
        if (filled < skip() + length && !atEnd(transferred)) {
            return false;
        }
        if (hasMetSpace()) {
            filled = 0;
            return false;
        }
        return true;
    }

    @Override
    Object value() {
        if (buffer == null) {
            return Unpooled.EMPTY_BUFFER;
        }
        int skip = skip();
        int end = Math.max(skip, Math.min(filled, skip + length));
        buffer.setIndex(skip, end);
        ByteBuf value = AlignedAllocator.track(buffer);
        buffer = null;
        return value;
    }

    @Override
    void releaseBuffers() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
        filled = 0;
    }

    @Override
    void recycle() {
        handle.recycle(this);
    }

    @Override
    String name() {
        return "read";
    }
}
