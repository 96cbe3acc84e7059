// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Syscalls;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;

/**
 * A context's aligned buffers as Netty's {@link io.netty.buffer.ByteBufAllocator}: the loop takes
 * from a pool of its own, other threads share a second one under its monitor. Heap buffers are the
 * unpooled allocator's. Direct buffers are leak-tracked as Netty's own are.
 */
final class AlignedAllocator extends AbstractByteBufAllocator
        implements ByteBufAllocatorMetricProvider, ByteBufAllocatorMetric {
    private final EventLoop loop;
    private final AlignedPool local;
    private final AlignedPool shared;

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
        AlignedBuffer buffer;
        if (loop.inEventLoop() && !local.isClosed()) {
            buffer = local.allocate(initialCapacity);
        } else {
            synchronized (shared) {
                buffer = shared.allocate(initialCapacity);
            }
        }
        if (buffer == null) {
            throw new OutOfMemoryError(exhausted(initialCapacity));
        }
        return toLeakAwareBuffer(buffer);
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
        return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
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
        return 0;
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
