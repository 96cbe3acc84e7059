// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.netty.buffer.ByteBuf;
import io.netty.util.Recycler;
import java.io.IOException;

/**
 * Writes all readable bytes of the caller's buffer. Whole blocks of a direct file go past the page
 * cache; anything else goes through it, as a whole, by the file's second descriptor. The inode
 * keeps the two out of each other's blocks.
 */
final class WriteOperation extends Operation {
    private static final Recycler<WriteOperation> RECYCLER =
            new Recycler<>() {
                @Override
                protected WriteOperation newObject(Handle<WriteOperation> handle) {
                    return new WriteOperation(handle);
                }
            };

    private final Recycler.Handle<WriteOperation> handle;
    private ByteBuf source;
    private int start;
    private boolean direct;
    private boolean stalled;

    private WriteOperation(Recycler.Handle<WriteOperation> handle) {
        this.handle = handle;
    }

    static WriteOperation get(ByteBuf source) {
        WriteOperation operation = RECYCLER.get();
        operation.source = source;
        operation.start = source.readerIndex();
        return operation;
    }

    @Override
    boolean needsRange() {
        // Where it is not writable the kernel will say so.
        return !holdsRange && !overwrites && !Routing.OFF && open.isWritable();
    }

    @Override
    boolean acquireRange() {
        long end = position + length;
        if (open.inode.ahead.wantsMore(end)) {
            // Before this write takes its blocks: if it reaches that far it waits for the space.
            AllocateAheadTask.start(file, end);
        }
        boolean mapped = direct && Routing.isOverwrite(this);
        if (mapped && file.passesGate()) {
            // Asked again, for somebody may have cut the file before the gate let this one in.
            overwrites = Routing.isOverwrite(this);
            if (overwrites) {
                return true;
            }
            file.leavesGate();
            mapped = false;
        }
        holdsRange = true;
        return open.inode.acquireWrite(this, direct, position, length, mapped);
    }

    @Override
    boolean isSync() {
        return open.syncsWrites();
    }

    @Override
    Refusals refusals() {
        return file.overwrites;
    }

    @Override
    boolean prepare() throws IOException {
        if (length == 0) {
            return false;
        }
        if (done == 0) {
            boolean whole = ((position | length) & (open.writeAlignment - 1)) == 0;
            direct = open.direct && whole;
            viaBuffered = open.direct && !whole;
        }
        int left = length - done;
        long at = position + done;
        boolean straight = direct ? open.suits(source, start + done) : OpenFile.isPlain(source);
        if (straight) {
            int most = Math.min(left, MAX_TRANSFER);
            transfer(Iocb.PWRITE, source, start + done, most, at);
            return true;
        }
        int piece = Math.min(left, Math.max(BOUNCE, open.writeAlignment));
        AlignedBuffer copy = bounce(piece);
        copy.setBytes(0, source, start + done, piece);
        transfer(Iocb.PWRITE, copy, 0, piece, at);
        return true;
    }

    @Override
    boolean advance(int transferred) throws IOException {
        int written = transferred;
        if (direct && written < transferLength) {
            // The rest has to start on a block again.
            written &= -open.writeAlignment;
        }
        if (written <= 0) {
            if (transferred == 0 || stalled) {
                throw Errors.of(-Errno.EIO, "write", open.path, position + done, length - done);
            }
            // Less than a block: the same again says why, ENOSPC for one.
            stalled = true;
            return false;
        }
        stalled = false;
        done += written;
        if (done == length && isSync()) {
            open.confirmSync(name());
        }
        return done == length;
    }

    @Override
    Object value() {
        return context().integers.get(done);
    }

    @Override
    void releaseBuffers() {
        stalled = false;
        source.release();
        source = null;
    }

    @Override
    void recycle() {
        handle.recycle(this);
    }

    @Override
    String name() {
        return "write";
    }
}
