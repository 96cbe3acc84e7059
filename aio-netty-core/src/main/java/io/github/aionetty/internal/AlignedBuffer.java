// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import java.nio.ByteBuffer;

/**
 * A buffer bound to its piece of a slab: releasing it puts object and memory back into the pool
 * together, so reusing one allocates nothing. One that grows beyond its piece moves to another, and
 * is not used again.
 */
final class AlignedBuffer extends BoundedDirectByteBuf {
    /** The size class of one that has moved. */
    private static final int MOVED = -2;

    final AlignedPool pool;
    final Region region;
    private final int offset;
    int sizeClass;

    /** Links free buffers for the pool, and those left here. */
    AlignedBuffer next;

    /** What this buffer has moved from, and others may still use. */
    private AlignedBuffer left;

    private long address;

    /** What the piece has beyond the capacity; 0 while the super constructor asks for it. */
    private int unused;

    AlignedBuffer(AlignedPool pool, Region region, int sizeClass, int offset, int length) {
        super(pool.allocator(), piece(region, offset, length), length);
        this.pool = pool;
        this.region = region;
        this.sizeClass = sizeClass;
        this.offset = offset;
        long base = region.slab.address();
        this.address = base == 0 ? 0 : base + offset;
    }

    private static ByteBuffer piece(Region region, int offset, int length) {
        return region.slab.memory().slice(offset, length);
    }

    /** Takes the buffer into use with {@code refCnt} 1, nothing readable and its piece as limit. */
    AlignedBuffer reuse(int newCapacity) {
        resetRefCnt();
        int length = super.capacity();
        maxCapacity(length);
        unused = length - newCapacity;
        setIndex(0, 0);
        markReaderIndex();
        markWriterIndex();
        return this;
    }

    /** Sets how far it may grow. */
    AlignedBuffer upTo(int maxCapacity) {
        maxCapacity(maxCapacity);
        return this;
    }

    @Override
    public int capacity() {
        return super.capacity() - unused;
    }

    @Override
    public int maxFastWritableBytes() {
        return Math.min(super.capacity(), maxCapacity()) - writerIndex();
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        if (newCapacity > super.capacity()) {
            move(newCapacity);
        }
        if (newCapacity < writerIndex()) {
            setIndex(Math.min(readerIndex(), newCapacity), newCapacity);
        }
        unused = super.capacity() - newCapacity;
        return this;
    }

    private void move(int newCapacity) {
        int length = super.capacity();
        super.capacity(newCapacity);
        if (sizeClass != MOVED) {
            // This object's piece needs another one.
            leave(new AlignedBuffer(pool, region, sizeClass, offset, length));
            sizeClass = MOVED;
        }
    }

    /**
     * Who else holds this buffer may be the kernel, which goes on with the memory that it knows.
     */
    private void leave(AlignedBuffer piece) {
        if (refCnt() > 1) {
            piece.next = left;
            left = piece;
        } else {
            piece.release();
        }
    }

    /** Another piece, which goes with this buffer, or when it grows beyond that one too. */
    @Override
    protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
        AlignedBuffer other = pool.allocator().takeAnywhere(capacity);
        ByteBuffer memory = piece(other.region, other.offset, other.maxCapacity());
        address = other.address;
        return new CleanableDirectBuffer() {
            @Override
            public ByteBuffer buffer() {
                return memory;
            }

            @Override
            public void clean() {
                leave(other);
            }
        };
    }

    @Override
    public boolean hasMemoryAddress() {
        return address != 0;
    }

    @Override
    public long memoryAddress() {
        ensureAccessible();
        if (address == 0) {
            throw new UnsupportedOperationException();
        }
        return address;
    }

    @Override
    protected void deallocate() {
        if (sizeClass == MOVED) {
            super.deallocate();
            while (left != null) {
                AlignedBuffer piece = left;
                left = piece.next;
                piece.next = null;
                piece.release();
            }
        } else {
            pool.recycle(this);
        }
    }
}
