// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/**
 * A direct buffer that checks single values against its capacity. Netty's own leaves that to the
 * memory behind it, which here is larger and may hold what another user left.
 */
abstract class BoundedDirectByteBuf extends UnpooledDirectByteBuf {
    BoundedDirectByteBuf(ByteBufAllocator allocator, ByteBuffer memory, int maxCapacity) {
        super(allocator, memory, maxCapacity);
    }

    @Override
    public byte getByte(int index) {
        checkIndex(index, 1);
        return super.getByte(index);
    }

    @Override
    public short getShort(int index) {
        checkIndex(index, 2);
        return super.getShort(index);
    }

    @Override
    public short getShortLE(int index) {
        checkIndex(index, 2);
        return super.getShortLE(index);
    }

    @Override
    public int getUnsignedMedium(int index) {
        checkIndex(index, 3);
        return super.getUnsignedMedium(index);
    }

    @Override
    public int getUnsignedMediumLE(int index) {
        checkIndex(index, 3);
        return super.getUnsignedMediumLE(index);
    }

    @Override
    public int getInt(int index) {
        checkIndex(index, 4);
        return super.getInt(index);
    }

    @Override
    public int getIntLE(int index) {
        checkIndex(index, 4);
        return super.getIntLE(index);
    }

    @Override
    public long getLong(int index) {
        checkIndex(index, 8);
        return super.getLong(index);
    }

    @Override
    public long getLongLE(int index) {
        checkIndex(index, 8);
        return super.getLongLE(index);
    }

    @Override
    public ByteBuf setByte(int index, int value) {
        checkIndex(index, 1);
        return super.setByte(index, value);
    }

    @Override
    public ByteBuf setShort(int index, int value) {
        checkIndex(index, 2);
        return super.setShort(index, value);
    }

    @Override
    public ByteBuf setShortLE(int index, int value) {
        checkIndex(index, 2);
        return super.setShortLE(index, value);
    }

    @Override
    public ByteBuf setMedium(int index, int value) {
        checkIndex(index, 3);
        return super.setMedium(index, value);
    }

    @Override
    public ByteBuf setMediumLE(int index, int value) {
        checkIndex(index, 3);
        return super.setMediumLE(index, value);
    }

    @Override
    public ByteBuf setInt(int index, int value) {
        checkIndex(index, 4);
        return super.setInt(index, value);
    }

    @Override
    public ByteBuf setIntLE(int index, int value) {
        checkIndex(index, 4);
        return super.setIntLE(index, value);
    }

    @Override
    public ByteBuf setLong(int index, long value) {
        checkIndex(index, 8);
        return super.setLong(index, value);
    }

    @Override
    public ByteBuf setLongLE(int index, long value) {
        checkIndex(index, 8);
        return super.setLongLE(index, value);
    }
}
