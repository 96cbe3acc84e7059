// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.support.BufferKind;
import io.github.aionetty.support.Pattern;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** What reads give. */
class ReadContractTest extends AioFileContract {
    private static final int MIB = 1 << 20;
    private static final int SIZE = 3 * MIB + 777;
    private static final byte[] CONTENT = Pattern.bytes(0, SIZE);
    private static final int[] LENGTHS = {1, 511, 512, 513, 4095, 4096, 4097, 128 * 1024, MIB + 3};
    private static final int[] POSITIONS = {0, 1, 511, 512, 4095, 4096, 4097, MIB, MIB + 513};

    private AioFile file;

    @BeforeParameterizedClassInvocation
    void openTheFile() throws IOException {
        file = open(newFile(CONTENT));
    }

    @Test
    void anyRangeCanBeRead() {
        List<Future<ByteBuf>> reads = new ArrayList<>();
        for (int position : POSITIONS) {
            for (int length : LENGTHS) {
                reads.add(file.read(position, length));
            }
        }
        int next = 0;
        for (int position : POSITIONS) {
            for (int length : LENGTHS) {
                ByteBuf read = get(reads.get(next++));
                Pattern.check(read, CONTENT, position, length);
                assertThat(read.release()).isTrue();
            }
        }
    }

    @Test
    void readsAreShortOnlyAtTheEnd() {
        for (int missing : new int[] {1, 511, 512, 777, 4096, 5000, MIB}) {
            ByteBuf upToTheEnd = get(file.read(SIZE - missing, missing));
            Pattern.check(upToTheEnd, CONTENT, SIZE - missing, missing);
            upToTheEnd.release();
            for (int beyond : new int[] {1, 600, 4096, MIB}) {
                ByteBuf shorter = get(file.read(SIZE - missing, missing + beyond));
                Pattern.check(shorter, CONTENT, SIZE - missing, missing);
                shorter.release();
            }
        }
    }

    @Test
    void readsAtOrPastTheEndAreEmpty() {
        for (long past : new long[] {0, 1, 511, 4096, 1L << 32, 1L << 40}) {
            ByteBuf empty = get(file.read(SIZE + past, 5000));
            assertThat(empty.isReadable()).isFalse();
            assertThat(empty.refCnt()).isOne();
            empty.release();
        }
    }

    @Test
    void aReadOfNothingIsEmpty() {
        for (long position : new long[] {0, 1, SIZE, SIZE + 1}) {
            ByteBuf nothing = get(file.read(position, 0));
            assertThat(nothing.isReadable()).isFalse();
            nothing.release();
        }
    }

    @Test
    void anEmptyFileHasNothingToRead() throws IOException {
        AioFile empty = open(newFile(new byte[0]));
        ByteBuf nothing = get(empty.read(0, 100));
        assertThat(nothing.isReadable()).isFalse();
        nothing.release();
        ByteBuf dst = Unpooled.buffer(10);
        assertThat(get(empty.read(dst, 0))).isEqualTo(-1);
        dst.release();
        get(empty.close());
    }

    @Test
    void everyKindOfBufferIsFilled() {
        for (BufferKind kind : BufferKind.values()) {
            for (int position : new int[] {0, 4096, 777}) {
                for (int length : new int[] {1, 512, 4096, 5000, 300_000}) {
                    checkFilled(kind, position, length);
                }
            }
        }
    }

    private void checkFilled(BufferKind kind, int position, int length) {
        ByteBuf dst = kind.writable(context, length);
        int start = dst.writerIndex();
        byte[] before = start == 0 ? new byte[0] : Pattern.bytes(0, start, 5);
        dst.setBytes(0, before);
        String what = kind + " position=" + position + " length=" + length;
        assertThat(get(file.read(dst, position))).as(what).isEqualTo(length);
        assertThat(dst.writerIndex()).as(what).isEqualTo(start + length);
        assertThat(dst.refCnt()).as(what).isOne();
        Pattern.check(dst.slice(0, start), before, 0, start);
        Pattern.check(dst.slice(start, length), CONTENT, position, length);
        dst.release();
    }

    @Test
    void aBufferIsFilledUpToTheEndOfTheFileAndSaysSoAfterwards() {
        for (BufferKind kind : BufferKind.values()) {
            for (int left : new int[] {777, 1, 4096 + 777, 512}) {
                ByteBuf dst = kind.writable(context, 8192);
                int start = dst.writerIndex();
                String what = kind + " left=" + left;
                assertThat(get(file.read(dst, SIZE - left))).as(what).isEqualTo(left);
                assertThat(dst.writerIndex()).as(what).isEqualTo(start + left);
                Pattern.check(dst.slice(start, left), CONTENT, SIZE - left, left);
                assertThat(get(file.read(dst, SIZE))).as(what).isEqualTo(-1);
                assertThat(get(file.read(dst, SIZE + 5L))).as(what).isEqualTo(-1);
                assertThat(dst.writerIndex()).as(what).isEqualTo(start + left);
                dst.release();
            }
        }
    }

    @Test
    void aFullBufferReadsNothingEvenPastTheEnd() {
        ByteBuf full = Unpooled.directBuffer(4, 4).writeInt(1);
        assertThat(get(file.read(full, 0))).isZero();
        assertThat(get(file.read(full, SIZE + 1L))).isZero();
        assertThat(full.writerIndex()).isEqualTo(4);
        full.release();
    }

    @Test
    void onlyWhatDoesNotFitIsCopied() {
        long copies = context.metrics().copies();
        ByteBuf aligned = context.alloc().directBuffer(8192);
        assertThat(get(file.read(aligned, 4096))).isEqualTo(8192);
        aligned.release();
        get(file.read(1, 1000)).release();
        assertThat(context.metrics().copies()).isEqualTo(copies);
        ByteBuf heap = Unpooled.buffer(100);
        get(file.read(heap, 0));
        heap.release();
        assertThat(context.metrics().copies()).isGreaterThan(copies);
    }

    @Test
    void bytesWrittenByOthersAreSeen() throws IOException {
        Path path = newFile(new byte[4096]);
        AioFile reader = open(path);
        get(reader.read(0, 4096)).release();
        byte[] changed = Pattern.bytes(0, 9000, 3);
        java.nio.file.Files.write(path, changed);
        ByteBuf read = get(reader.read(0, 10_000));
        Pattern.check(read, changed, 0, 9000);
        read.release();
        get(reader.close());
    }
}
