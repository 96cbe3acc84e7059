// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * A buffer bound for life to its piece of a slab: releasing it puts object and memory back into the
 * pool together, so reusing one allocates nothing. It grows up to the piece's size, not beyond.
 */
final class AlignedBuffer extends BoundedDirectByteBuf {
    final AlignedPool pool;
    final Region region;
    final int sizeClass;

    /** Links free buffers; only the pool touches it. */
    AlignedBuffer next;

    private final long address;

    /** What the piece has beyond the capacity; 0 while the super constructor asks for it. */
    private int unused;

    AlignedBuffer(AlignedPool pool, Region region, int sizeClass, int offset, int length) {
        super(pool.allocator(), piece(region, offset, length), length);
        this.pool = pool;
        this.region = region;
        this.sizeClass = sizeClass;
        long base = region.slab.address();
        this.address = base == 0 ? 0 : base + offset;
    }

    private static ByteBuffer piece(Region region, int offset, int length) {
        return region.slab.memory().slice(offset, length);
    }

    /** Takes the buffer into use with {@code refCnt} 1 and nothing readable. */
    AlignedBuffer reuse(int newCapacity) {
        resetRefCnt();
        unused = super.capacity() - newCapacity;
        setIndex(0, 0);
        markReaderIndex();
        markWriterIndex();
        return this;
    }

    @Override
    public int capacity() {
        return super.capacity() - unused;
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        if (newCapacity < writerIndex()) {
            setIndex(Math.min(readerIndex(), newCapacity), newCapacity);
        }
        unused = super.capacity() - newCapacity;
        return this;
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
        pool.recycle(this);
    }
}
