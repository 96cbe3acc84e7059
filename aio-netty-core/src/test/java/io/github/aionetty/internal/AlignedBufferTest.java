// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One aligned buffer, as a {@link ByteBuf}. */
@Timeout(30)
class AlignedBufferTest {
    private final TestLoops loops = TestLoops.nio(1);
    private final SlabMemory memory = new SlabMemory(64 << 20);
    private final AlignedAllocator allocator =
            new AlignedAllocator(loops.next(), memory, LibAio.instance());
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
    void itGrowsInItsPieceOfTheSlabAndKeepsItsContent() {
        long address = buffer.memoryAddress();
        buffer.writeBytes(Pattern.bytes(0, 5000));
        assertThat(buffer.maxFastWritableBytes()).isEqualTo(3192);
        buffer.writeBytes(Pattern.bytes(5000, 3192));
        assertThat(buffer.capacity()).isEqualTo(8192);
        assertThat(buffer.memoryAddress()).isEqualTo(address);
        Pattern.check(buffer, Pattern.bytes(0, 8192), 0, 8192);
    }

    @Test
    void beyondItsPieceItMovesWithItsContentAndOverTheSlabToo() {
        assertThat(buffer.maxCapacity()).isEqualTo(Integer.MAX_VALUE);
        int size = 5 << 20;
        for (int written = 0; written < size; written += 1 << 16) {
            buffer.writeBytes(Pattern.bytes(written, 1 << 16));
        }
        assertThat(buffer.capacity()).isBetween(size, 8 << 20);
        assertThat(buffer.memoryAddress() % 4096).isZero();
        Pattern.check(buffer, Pattern.bytes(0, size), 0, size);
        assertThat(buffer.nioBuffer(0, size).remaining()).isEqualTo(size);
        assertThatThrownBy(() -> buffer.getByte(buffer.capacity()))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(allocator.usedDirectMemory()).isGreaterThan(size);
        buffer.capacity(100);
        Pattern.check(buffer.setIndex(0, 100), Pattern.bytes(0, 100), 0, 100);
        buffer.release();
        TestLoops.run(loops.next(), allocator::close);
        Awaitility.await().until(() -> memory.mapped() == 0);
    }

    @Test
    void whatItLeavesIsTheNextOnesUnlessSomebodyElseHoldsIt() {
        TestLoops.run(
                loops.next(),
                () -> {
                    ByteBuf first = allocator.directBuffer(4096).writeZero(4096);
                    long address = first.memoryAddress();
                    first.writeByte(1);
                    assertThat(first.memoryAddress()).isNotEqualTo(address);
                    ByteBuf second = allocator.directBuffer(4096).writeZero(4096);
                    assertThat(second.memoryAddress()).isEqualTo(address);
                    // As an operation of the kernel's does.
                    second.retain();
                    for (int i = 0; i < 4096; i++) {
                        second.writeInt(i);
                    }
                    ByteBuf third = allocator.directBuffer(4096);
                    assertThat(third.memoryAddress()).isNotEqualTo(address);
                    second.release(2);
                    ByteBuf fourth = allocator.directBuffer(4096);
                    assertThat(fourth.memoryAddress()).isEqualTo(address);
                    first.release();
                    third.release();
                    fourth.release();
                });
        buffer.release();
        TestLoops.run(loops.next(), allocator::close);
        Awaitility.await().until(() -> memory.mapped() == 0);
    }

    @Test
    void itsLimitIsTheOneAskedForWhateverTheObjectHadBefore() {
        TestLoops.run(
                loops.next(),
                () -> {
                    for (int limit : new int[] {100, 50_000, 100, 3 << 20, 4096}) {
                        ByteBuf limited = allocator.directBuffer(100, limit);
                        assertThat(limited.maxCapacity()).isEqualTo(limit);
                        limited.writeZero(limit);
                        assertThat(limited.isWritable()).isFalse();
                        assertThatThrownBy(() -> limited.writeByte(1))
                                .isInstanceOf(IndexOutOfBoundsException.class);
                        assertThatThrownBy(() -> limited.capacity(limit + 1))
                                .isInstanceOf(IllegalArgumentException.class);
                        limited.release();
                        AlignedBuffer engines = allocator.take(100);
                        assertThat(engines.maxCapacity()).isEqualTo(4096);
                        engines.release();
                    }
                });
    }

    @Test
    void oneThatCannotGrowStaysAsItIs() {
        buffer.writeBytes(Pattern.bytes(0, 5000));
        long address = buffer.memoryAddress();
        assertThatThrownBy(() -> growOverTheCap(buffer)).hasMessageContaining("maxSlabMemory");
        assertThat(buffer.capacity()).isEqualTo(5000);
        assertThat(buffer.memoryAddress()).isEqualTo(address);
        Pattern.check(buffer, Pattern.bytes(0, 5000), 0, 5000);
    }

    private static void growOverTheCap(ByteBuf buffer) {
        try {
            buffer.capacity(100 << 20);
        } catch (OutOfMemoryError e) {
            // JUnit takes this one for the end of the JVM.
            throw new IllegalStateException(e);
        }
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
    void everyAccessEndsAtItsCapacity() throws IOException {
        refused(() -> buffer.getByte(5000));
        refused(() -> buffer.setLong(4993, 1));
        refused(() -> buffer.setZero(4999, 2));
        refused(() -> buffer.getCharSequence(4999, 2, StandardCharsets.US_ASCII));
        refused(() -> buffer.toString(4999, 2, StandardCharsets.UTF_8));
        refused(() -> buffer.setCharSequence(4999, "ab", StandardCharsets.US_ASCII));
        refused(() -> buffer.forEachByte(4999, 2, each -> true));
        refused(() -> buffer.indexOf(4999, 5001, (byte) 1));
        refused(() -> buffer.nioBuffer(0, 5001));
        refused(() -> buffer.nioBuffers(0, 5001));
        refused(() -> buffer.internalNioBuffer(0, 5001));
        refused(() -> buffer.slice(0, 5001));
        refused(() -> buffer.duplicate().getBytes(4999, new byte[2]));
        assertThat(buffer.nioBuffer(0, 5000).remaining()).isEqualTo(5000);
        Path path = Files.createTempFile("capacity", "");
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(5001));
            // One byte over the end, one behind it, nothing behind it, and one before the front.
            for (int[] range : new int[][] {{4999, 2}, {5000, 1}, {5001, 0}, {-1, 1}}) {
                bulkReadsAreRefused(range[0], range[1], file);
                bulkWritesAreRefused(range[0], range[1], file);
            }
            assertThat(file.size()).isEqualTo(5001);
            bulkAccessesOfAllOfItAreNot(file);
        } finally {
            Files.delete(path);
        }
    }

    private void bulkReadsAreRefused(int index, int length, FileChannel file) {
        refused(() -> buffer.getBytes(index, new byte[length]));
        refused(() -> buffer.getBytes(index, ByteBuffer.allocate(length)));
        refused(() -> buffer.getBytes(index, Unpooled.buffer(length), 0, length));
        refused(() -> buffer.getBytes(index, OutputStream.nullOutputStream(), length));
        refused(() -> buffer.getBytes(index, (GatheringByteChannel) file, length));
        refused(() -> buffer.getBytes(index, file, 0, length));
        refused(() -> buffer.copy(index, length));
    }

    private void bulkWritesAreRefused(int index, int length, FileChannel file) {
        refused(() -> buffer.setBytes(index, new byte[length]));
        refused(() -> buffer.setBytes(index, ByteBuffer.allocate(length)));
        refused(() -> buffer.setBytes(index, Unpooled.wrappedBuffer(new byte[length]), 0, length));
        refused(() -> buffer.setBytes(index, new ByteArrayInputStream(new byte[length]), length));
        refused(() -> buffer.setBytes(index, (ScatteringByteChannel) file.position(0), length));
        refused(() -> buffer.setBytes(index, file, 0, length));
    }

    private void bulkAccessesOfAllOfItAreNot(FileChannel file) throws IOException {
        InputStream in = new ByteArrayInputStream(Pattern.bytes(0, 5000));
        assertThat(buffer.setBytes(0, in, 5000)).isEqualTo(5000);
        assertThat(buffer.getBytes(0, file, 0, 5000)).isEqualTo(5000);
        buffer.setZero(0, 5000);
        ScatteringByteChannel scattering = file.position(0);
        assertThat(buffer.setBytes(0, scattering, 5000)).isEqualTo(5000);
        GatheringByteChannel gathering = file.position(1);
        assertThat(buffer.getBytes(0, gathering, 5000)).isEqualTo(5000);
        buffer.setZero(0, 5000);
        assertThat(buffer.setBytes(0, file, 1, 5000)).isEqualTo(5000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        buffer.getBytes(0, out, 5000);
        buffer.setZero(0, 5000).setBytes(0, ByteBuffer.wrap(out.toByteArray()));
        ByteBuf copy = buffer.copy(0, 5000);
        Pattern.check(copy, Pattern.bytes(0, 5000), 0, 5000);
        copy.release();
    }

    private static void refused(ThrowingCallable access) {
        assertThatThrownBy(access).isInstanceOf(IndexOutOfBoundsException.class);
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
