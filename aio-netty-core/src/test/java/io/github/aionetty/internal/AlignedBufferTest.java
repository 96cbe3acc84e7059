// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One aligned buffer, as a {@link ByteBuf}. */
@Timeout(30)
class AlignedBufferTest {
    private final TestLoops loops = TestLoops.nio(1);
    private final AlignedAllocator allocator =
            new AlignedAllocator(loops.next(), new SlabMemory(64 << 20), LibAio.instance());
    private final ByteBuf buffer = allocator.directBuffer(5000);

    @AfterEach
    void free() {
        if (buffer.refCnt() > 0) {
            buffer.release();
        }
        TestLoops.run(loops.next(), allocator::close);
        loops.close();
    }

    @Test
    void itGrowsUpToItsPieceOfTheSlabAndKeepsItsContent() {
        buffer.writeBytes(Pattern.bytes(0, 5000));
        assertThat(buffer.maxCapacity()).isEqualTo(8192);
        buffer.writeBytes(Pattern.bytes(5000, 3192));
        assertThat(buffer.capacity()).isEqualTo(8192);
        Pattern.check(buffer, Pattern.bytes(0, 8192), 0, 8192);
        assertThatThrownBy(() -> buffer.writeByte(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.capacity(8193))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itShrinksAndCutsItsIndices() {
        buffer.writeBytes(Pattern.bytes(0, 5000)).readerIndex(4000);
        buffer.capacity(3000);
        assertThat(buffer.capacity()).isEqualTo(3000);
        assertThat(buffer.readerIndex()).isEqualTo(3000);
        assertThat(buffer.writerIndex()).isEqualTo(3000);
        assertThatThrownBy(() -> buffer.getBytes(3000, new byte[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        buffer.setIndex(0, 3000);
        Pattern.check(buffer, Pattern.bytes(0, 3000), 0, 3000);
    }

    @Test
    void everyAccessEndsAtItsCapacity() {
        assertThatThrownBy(() -> buffer.getBytes(4999, new byte[2]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.setBytes(5000, new byte[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.getByte(5000))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.setLong(4993, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.nioBuffer(0, 5001))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buffer.nioBuffer(0, 5000).remaining()).isEqualTo(5000);
    }

    @Test
    void viewsAndCopiesShowItsBytes() {
        byte[] bytes = Pattern.bytes(0, 4000);
        buffer.writeBytes(bytes);
        ByteBuffer view = buffer.nioBuffer(100, 3000);
        byte[] seen = new byte[3000];
        view.get(seen);
        assertThat(seen).isEqualTo(Pattern.bytes(100, 3000));
        assertThat(buffer.internalNioBuffer(7, 10).remaining()).isEqualTo(10);
        ByteBuf copy = buffer.copy();
        Pattern.check(copy, bytes, 0, 4000);
        copy.release();
        ByteBuf slice = buffer.retainedSlice(500, 1000);
        Pattern.check(slice, bytes, 500, 1000);
        assertThat(slice.memoryAddress()).isEqualTo(buffer.memoryAddress() + 500);
        slice.release();
        ByteBuf duplicate = buffer.duplicate();
        duplicate.setByte(0, 99);
        assertThat(buffer.getByte(0)).isEqualTo((byte) 99);
    }

    @Test
    void afterTheLastReleaseItRefusesEveryAccess() {
        assertThat(buffer.retain().release()).isFalse();
        assertThat(buffer.release()).isTrue();
        assertThat(buffer.refCnt()).isZero();
        assertThatThrownBy(() -> buffer.getByte(0))
                .isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(buffer::release).isInstanceOf(IllegalReferenceCountException.class);
    }
}
