// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static java.lang.ProcessBuilder.Redirect.INHERIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.BufferKind;
import io.github.aionetty.support.Pattern;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What writes leave in the file, and in their buffers. */
class WriteContractTest extends AioFileContract {
    private static final int MIB = 1 << 20;
    private static final int[] LENGTHS = {1, 511, 513, 4096, 4097, 128 * 1024, MIB + 3};
    private static final int[] POSITIONS = {0, 1, 513, 4095, 8192, MIB};

    private static void check(Path path, byte[] model, int size) throws IOException {
        byte[] actual = Files.readAllBytes(path);
        assertThat(actual.length).as("size").isEqualTo(size);
        assertThat(Arrays.mismatch(actual, 0, size, model, 0, size)).as("wrong at").isEqualTo(-1);
    }

    @Test
    void anyRangeCanBeWritten() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        byte[] model = new byte[3 * MIB];
        int size = 0;
        int seed = 0;
        for (int length : LENGTHS) {
            for (int position : POSITIONS) {
                byte[] bytes = Pattern.bytes(position, length, ++seed);
                ByteBuf src = context.alloc().directBuffer(length).writeBytes(bytes);
                assertThat(get(file.write(src, position))).isEqualTo(length);
                assertThat(src.refCnt()).isZero();
                System.arraycopy(bytes, 0, model, position, length);
                size = Math.max(size, position + length);
            }
        }
        get(file.close());
        check(path, model, size);
    }

    @Test
    void everyKindOfBufferIsWrittenAndReleasedWithItsIndicesUntouched() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        byte[] model = new byte[MIB];
        int size = 0;
        int seed = 0;
        for (BufferKind kind : BufferKind.values()) {
            for (int position : new int[] {0, 777, 12_288}) {
                for (int length : new int[] {1, 4096, 5000, 300_000}) {
                    byte[] bytes = Pattern.bytes(position, length, ++seed);
                    ByteBuf src = kind.readable(context, bytes).retain();
                    int reader = src.readerIndex();
                    String what = kind + " position=" + position + " length=" + length;
                    assertThat(get(file.write(src, position))).as(what).isEqualTo(length);
                    assertThat(src.refCnt()).as(what).isOne();
                    assertThat(src.readerIndex()).as(what).isEqualTo(reader);
                    assertThat(src.readableBytes()).as(what).isEqualTo(length);
                    src.release();
                    System.arraycopy(bytes, 0, model, position, length);
                    size = Math.max(size, position + length);
                }
            }
            check(path, model, size);
        }
        get(file.close());
    }

    @Test
    void readOnlyBuffersAreWritten() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        byte[] bytes = Pattern.bytes(0, 8192);
        ByteBuffer direct = ByteBuffer.allocateDirect(8192).put(bytes).flip();
        List<ByteBuf> sources =
                List.of(
                        Unpooled.wrappedBuffer(direct.asReadOnlyBuffer()),
                        Unpooled.wrappedBuffer(bytes).asReadOnly(),
                        Unpooled.wrappedBuffer(ByteBuffer.wrap(bytes).asReadOnlyBuffer()),
                        context.alloc().directBuffer(8192).writeBytes(bytes).asReadOnly());
        for (int i = 0; i < sources.size(); i++) {
            assertThat(get(file.write(sources.get(i), i * 8192L))).isEqualTo(8192);
            assertThat(sources.get(i).refCnt()).isZero();
            ByteBuf read = get(file.read(i * 8192L, 8192));
            Pattern.check(read, bytes, 0, 8192);
            read.release();
        }
        get(file.close());
    }

    @Test
    void aWriteOfNothingWritesNothingAndReleasesItsBuffer() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        ByteBuf nothing = Unpooled.directBuffer(10);
        assertThat(get(file.write(nothing, 1000))).isZero();
        assertThat(nothing.refCnt()).isZero();
        get(file.close());
        assertThat(path).isEmptyFile();
    }

    @Test
    void theSourceIsReleasedAlsoOnFailureAndWhenTheCallThrows() {
        AioFile file = open(newPath(), CREATE);
        ByteBuf atNegative = Unpooled.buffer().writeLong(1);
        assertThatThrownBy(() -> file.write(atNegative, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position=-1");
        assertThat(atNegative.refCnt()).isZero();
        ByteBuf atTheVeryEnd = Unpooled.buffer().writeLong(1);
        assertThatThrownBy(() -> file.write(atTheVeryEnd, Long.MAX_VALUE - 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(atTheVeryEnd.refCnt()).isZero();
        ByteBuf withoutPromise = Unpooled.buffer().writeLong(1);
        assertThatThrownBy(() -> file.write(withoutPromise, 0, null))
                .isInstanceOf(NullPointerException.class);
        assertThat(withoutPromise.refCnt()).isZero();
        get(file.close());
        ByteBuf toClosed = Unpooled.buffer().writeLong(1);
        assertThat(failure(file.write(toClosed, 0))).isInstanceOf(AioClosedException.class);
        assertThat(toClosed.refCnt()).isZero();
    }

    @Test
    void anotherProcessReadsWhatHasCompleted() throws Exception {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        byte[] model = new byte[0];
        for (int i = 1; i <= 4; i++) {
            byte[] bytes = Pattern.bytes(0, i % 2 == 0 ? 8192 : 5001, i);
            int position = (i - 1) * 4096;
            model = Arrays.copyOf(model, Math.max(model.length, position + bytes.length));
            System.arraycopy(bytes, 0, model, position, bytes.length);
            get(file.write(context.alloc().directBuffer(8192).writeBytes(bytes), position));
            assertThat(output("cat", path.toString())).isEqualTo(model);
            if (subject.direct()) {
                assertThat(output("dd", "if=" + path, "iflag=direct", "bs=4096", "status=none"))
                        .isEqualTo(model);
            }
        }
        get(file.close());
    }

    private static byte[] output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectError(INHERIT).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    @Test
    void whatLiesBetweenTheOldEndAndAWriteReadsAsZero() throws IOException {
        Path path = newFile(Pattern.bytes(0, 1000));
        AioFile file = open(path, READ_WRITE);
        byte[] block = Pattern.bytes(0, 4096, 2);
        get(file.write(Unpooled.wrappedBuffer(block), 20_480));
        get(file.write(Unpooled.wrappedBuffer(block, 0, 10), 30_001));
        get(file.close());
        byte[] model = Arrays.copyOf(Pattern.bytes(0, 1000), 30_011);
        System.arraycopy(block, 0, model, 20_480, 4096);
        System.arraycopy(block, 0, model, 30_001, 10);
        check(path, model, 30_011);
    }

    @Test
    void positionsBeyondFourGibibytesAreNotCutShort() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        long[] far = {(5L << 30) + 777, (6L << 30), (1L << 32) - 100};
        for (long position : far) {
            byte[] bytes = Pattern.bytes(position, 8192);
            get(file.write(context.alloc().directBuffer(8192).writeBytes(bytes), position));
        }
        assertThat(get(file.size())).isEqualTo((6L << 30) + 8192);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long position : far) {
                ByteBuffer there = ByteBuffer.allocate(8192);
                channel.read(there, position);
                assertThat(there.array()).isEqualTo(Pattern.bytes(position, 8192));
                ByteBuf read = get(file.read(position, 8192));
                Pattern.check(read, Pattern.bytes(position, 8192), 0, 8192);
                read.release();
            }
        }
        ByteBuf hole = get(file.read(2L << 30, 5000));
        Pattern.check(hole, new byte[5000], 0, 5000);
        hole.release();
        get(file.close());
        Files.delete(path);
        Files.createFile(path);
    }

    /** Whole blocks, which go direct, between partial ones, which share blocks among themselves. */
    @Test
    void disjointWritesInSharedBlocksAllSurvive() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        int blocks = 24;
        byte[] model = new byte[blocks * 4096];
        for (int round = 1; round <= 3; round++) {
            List<Future<Integer>> writes = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                int pieces = block % 3 == 0 ? 1 : block % 3 == 1 ? 8 : 3;
                int begin = block * 4096;
                for (int piece = 0; piece < pieces; piece++) {
                    int end = block * 4096 + 4096 * (piece + 1) / pieces;
                    byte[] bytes = Pattern.bytes(begin, end - begin, round);
                    System.arraycopy(bytes, 0, model, begin, bytes.length);
                    ByteBuf src = context.alloc().directBuffer(4096).writeBytes(bytes);
                    writes.add(file.write(src, begin));
                    begin = end;
                }
            }
            writes.forEach(io.github.aionetty.support.Futures::get);
            get(file.fsync());
            check(path, model, model.length);
        }
        get(file.close());
    }
}
