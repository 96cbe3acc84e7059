// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.UnpooledHeapByteBuf;

/** A heap buffer that an {@link AlignedAllocator} was asked for, and counts. */
final class CountedHeapByteBuf extends UnpooledHeapByteBuf {
    CountedHeapByteBuf(AlignedAllocator allocator, int initialCapacity, int maxCapacity) {
        super(allocator, initialCapacity, maxCapacity);
    }

    @Override
    protected byte[] allocateArray(int capacity) {
        byte[] array = super.allocateArray(capacity);
        // Asked for by the super constructor, when there is no field of this class yet.
        ((AlignedAllocator) alloc()).countHeap(array.length);
        return array;
    }

    @Override
    protected void freeArray(byte[] array) {
        ((AlignedAllocator) alloc()).countHeap(-array.length);
    }
}
