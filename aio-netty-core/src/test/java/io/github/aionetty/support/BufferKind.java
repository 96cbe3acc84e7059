// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.AioContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** The buffers that users come with. */
public enum BufferKind {
    HEAP,
    DIRECT,
    /** Direct memory that starts at an odd address. */
    ODD_DIRECT,
    POOLED,
    POOLED_HEAP,
    ALIGNED,
    SLICE,
    COMPOSITE,
    COMPOSITE_OF_ONE;

    private static final int LEAD = 13;

    /**
     * A buffer with that many writable bytes and no more; some have bytes in front that are written
     * already.
     */
    public ByteBuf writable(AioContext context, int length) {
        switch (this) {
            case HEAP:
                return Unpooled.buffer(length, length);
            case DIRECT:
                return Unpooled.directBuffer(length + LEAD, length + LEAD).writerIndex(LEAD);
            case ODD_DIRECT:
                ByteBuffer memory = ByteBuffer.allocateDirect(length + 2);
                return Unpooled.wrappedBuffer(memory.position(1).limit(length + 1).slice()).clear();
            case POOLED:
                return PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
            case POOLED_HEAP:
                return PooledByteBufAllocator.DEFAULT.heapBuffer(length, length);
            case ALIGNED:
                return context.alloc().directBuffer(length, length);
            case SLICE:
                return Unpooled.directBuffer(length + 2 * LEAD).slice(LEAD, length).clear();
            case COMPOSITE:
                int third = length / 3;
                return composite(
                        Unpooled.buffer(third).writerIndex(third),
                        Unpooled.directBuffer(third + 1).writerIndex(third),
                        Unpooled.directBuffer(length).writerIndex(length - 2 * third));
            case COMPOSITE_OF_ONE:
                return composite(Unpooled.directBuffer(length).writerIndex(length));
            default:
                throw new AssertionError(this);
        }
    }

    private static ByteBuf composite(ByteBuf... parts) {
        CompositeByteBuf composite = Unpooled.compositeBuffer(parts.length);
        return composite.addComponents(true, parts).clear();
    }

    /** A buffer of which exactly {@code content} is readable. */
    public ByteBuf readable(AioContext context, byte[] content) {
        ByteBuf buffer = writable(context, content.length);
        return buffer.readerIndex(buffer.writerIndex()).writeBytes(content);
    }
}
