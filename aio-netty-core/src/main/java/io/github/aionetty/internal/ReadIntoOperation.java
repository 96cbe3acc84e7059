// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Iocb;
import io.netty.buffer.ByteBuf;
import io.netty.util.Recycler;
import java.io.IOException;

/**
 * Fills the caller's buffer: straight where its memory, the position and the length suit the file,
 * else by way of an aligned buffer, piece by piece.
 */
final class ReadIntoOperation extends Operation {
    private static final Recycler<ReadIntoOperation> RECYCLER =
            new Recycler<>() {
                @Override
                protected ReadIntoOperation newObject(Handle<ReadIntoOperation> handle) {
                    return new ReadIntoOperation(handle);
                }
            };

    private final Recycler.Handle<ReadIntoOperation> handle;
    private ByteBuf target;
    private int start;

    /** The current transfer goes through the bounce buffer, whose first bytes are not asked for. */
    private boolean bounced;

    private int skip;

    private ReadIntoOperation(Recycler.Handle<ReadIntoOperation> handle) {
        this.handle = handle;
    }

    static ReadIntoOperation get(ByteBuf target) {
        ReadIntoOperation operation = RECYCLER.get();
        operation.target = target.retain();
        operation.start = target.writerIndex();
        return operation;
    }

    @Override
    boolean prepare() throws IOException {
        if (length == 0 || beyondAnyFile()) {
            return false;
        }
        if (done == 0 && !endsWithData()) {
            return false;
        }
        int unit = open.readAlignment;
        int left = length - done;
        long at = position + done;
        if ((at & (unit - 1)) == 0 && left >= unit && open.suits(target, start + done)) {
            bounced = false;
            int straight = Math.min(left, MAX_TRANSFER) & -unit;
            transfer(Iocb.PREAD, target, start + done, straight, at);
            return true;
        }
        bounced = true;
        skip = (int) (at & (unit - 1));
        int wanted = Math.min(left, BOUNCE - unit);
        int piece = (skip + wanted + unit - 1) & -unit;
        transfer(Iocb.PREAD, bounce(piece), 0, piece, at - skip);
        return true;
    }

    @Override
    boolean advance(int transferred) {
        int usable = transferred;
        if (bounced) {
            usable = Math.min(Math.max(0, transferred - skip), length - done);
            if (usable > 0) {
                target.setBytes(start + done, bounce, skip, usable);
            }
        }
        done += usable;
        if (done < length && !atEnd(transferred)) {
            return false;
        }
        if (hasMetSpace()) {
            done = 0;
            return false;
        }
        done = Math.min(done, length);
        return true;
    }

    @Override
    Object value() {
        if (done == 0 && asked > 0) {
            return context().integers.get(-1);
        }
        target.writerIndex(start + done);
        return context().integers.get(done);
    }

    @Override
    void releaseBuffers() {
        target.release();
        target = null;
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
