// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Syscalls;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.LongAdder;

/**
 * A context's aligned buffers as Netty's {@link io.netty.buffer.ByteBufAllocator}: the loop takes
 * from a pool of its own, other threads share a second one under its monitor. Heap buffers are not
 * pooled. Direct buffers are leak-tracked as Netty's own are.
 */
final class AlignedAllocator extends AbstractByteBufAllocator
        implements ByteBufAllocatorMetricProvider, ByteBufAllocatorMetric {
    private final EventLoop loop;
    private final AlignedPool local;
    private final AlignedPool shared;
    private final LongAdder heap = new LongAdder();

    AlignedAllocator(EventLoop loop, SlabMemory memory, Syscalls sys) {
        super(true);
        this.loop = loop;
        local = new AlignedPool(this, memory, sys, loop);
        shared = new AlignedPool(this, memory, sys, null);
    }

    /** For the engine: not leak-tracked, {@code null} over the cap. On the loop. */
    AlignedBuffer take(int capacity) {
        return local.allocate(capacity);
    }

    /** Leak-tracks a buffer of {@link #take} that is about to be handed to the user. */
    static ByteBuf track(AlignedBuffer buffer) {
        return toLeakAwareBuffer(buffer);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return toLeakAwareBuffer(takeAnywhere(initialCapacity).upTo(maxCapacity));
    }

    /**
     * Any thread: not leak-tracked.
     *
     * @throws OutOfMemoryError over the cap
     */
    AlignedBuffer takeAnywhere(int capacity) {
        AlignedBuffer buffer;
        if (loop.inEventLoop() && !local.isClosed()) {
            buffer = local.allocate(capacity);
        } else {
            synchronized (shared) {
                buffer = shared.allocate(capacity);
            }
        }
        if (buffer == null) {
            throw new OutOfMemoryError(exhausted(capacity));
        }
        return buffer;
    }

    static String exhausted(int capacity) {
        SlabMemory memory = SlabMemory.INSTANCE;
        return "no aligned buffer of capacity="
                + capacity
                + ": slabMemory="
                + memory.mapped()
                + " of maxSlabMemory="
                + memory.max()
                + "; release buffers sooner, or raise -Dio.github.aionetty.maxSlabMemory";
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new CountedHeapByteBuf(this, initialCapacity, maxCapacity);
    }

    void countHeap(int bytes) {
        heap.add(bytes);
    }

    // The super class makes these of the heap where Netty cannot free direct memory by itself.

    @Override
    public ByteBuf buffer() {
        return directBuffer();
    }

    @Override
    public ByteBuf buffer(int initialCapacity) {
        return directBuffer(initialCapacity);
    }

    @Override
    public ByteBuf buffer(int initialCapacity, int maxCapacity) {
        return directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public CompositeByteBuf compositeBuffer() {
        return compositeDirectBuffer();
    }

    @Override
    public CompositeByteBuf compositeBuffer(int maxNumComponents) {
        return compositeDirectBuffer(maxNumComponents);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    @Override
    public ByteBufAllocatorMetric metric() {
        return this;
    }

    @Override
    public long usedHeapMemory() {
        return heap.sum();
    }

    /** As with Netty's own pools, what is held for reuse counts too. */
    @Override
    public long usedDirectMemory() {
        return local.mapped() + shared.mapped();
    }

    /** Ends both pools; their slabs are unmapped as the last buffers come back. */
    void close() {
        local.close();
        synchronized (shared) {
            shared.close();
        }
    }
}
