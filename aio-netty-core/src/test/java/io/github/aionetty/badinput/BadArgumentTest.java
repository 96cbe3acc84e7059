// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.badinput;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Positions, lengths and buffers that make no sense: they throw at once, and the file goes on. */
@Timeout(60)
class BadArgumentTest {
    private static final int LONGEST = 0x7ffe0000;

    private final TestLoops loops = TestLoops.epoll(1);
    private final AioContext context = AioContext.of(loops.next());
    private AioFile file;
    private Path path;

    @BeforeEach
    void open() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "arguments", "");
        Files.write(path, Pattern.bytes(0, 1000));
        file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @AfterEach
    void theFileGoesOn() throws IOException {
        ByteBuf read = get(file.read(0, 1000));
        Pattern.check(read, Pattern.bytes(0, 1000), 0, 1000);
        read.release();
        get(file.close());
        loops.close();
        Files.delete(path);
    }

    private static void refused(ThrowingCallable call, String... message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void positionsBelowZero() {
        for (long position : new long[] {-1, Long.MIN_VALUE}) {
            String named = "position=" + position;
            refused(() -> file.read(position, 1), named);
            refused(() -> file.read(position, 0), named);
            ByteBuf dst = Unpooled.directBuffer(8);
            refused(() -> file.read(dst, position), named);
            assertThat(dst.release()).isTrue();
            ByteBuf src = Unpooled.directBuffer().writeLong(1);
            refused(() -> file.write(src, position), named);
            assertThat(src.refCnt()).isZero();
            refused(() -> file.allocate(position, 1), named);
            refused(() -> file.cached(position, 1), named);
            refused(() -> file.truncate(position), "size=" + position);
        }
    }

    @Test
    void lengthsThatNoCallTakes() {
        refused(() -> file.read(0, -1), "length=-1");
        refused(() -> file.read(0, Integer.MIN_VALUE), "length=-2147483648");
        refused(() -> file.read(0, LONGEST + 1), "length=" + (LONGEST + 1), "several calls");
        refused(() -> file.read(0, Integer.MAX_VALUE), "length=2147483647");
        refused(() -> file.allocate(0, 0), "length=0");
        refused(() -> file.allocate(0, -5), "length=-5");
        refused(() -> file.cached(0, -1), "length=-1");
    }

    @Test
    void rangesThatEndBeyondTheLargestOffset() {
        refused(() -> file.read(Long.MAX_VALUE, 1), "position=" + Long.MAX_VALUE);
        refused(() -> file.read(Long.MAX_VALUE - 5, 6), "largest offset");
        refused(() -> file.allocate(Long.MAX_VALUE, 1), "2^63");
        refused(() -> file.cached(1, Long.MAX_VALUE), "largest offset");
        refused(() -> file.allocate(1, Long.MAX_VALUE), "2^63");
        ByteBuf src = Unpooled.directBuffer().writeLong(1);
        refused(() -> file.write(src, Long.MAX_VALUE - 7), "largest offset");
        assertThat(src.refCnt()).isZero();
    }

    @Test
    void whatOnlyTheFileSystemRefusesFailsTheFuture() {
        ByteBuf src = Unpooled.directBuffer().writeLong(1);
        long far = Long.MAX_VALUE - 5000;
        assertThat(failure(file.write(src, far)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("position=" + far)
                .hasMessageContaining("length=8");
        assertThat(src.refCnt()).isZero();
        assertThat(failure(file.allocate(1, Long.MAX_VALUE - 1)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("allocate failed: E");
        for (long position : new long[] {Long.MAX_VALUE - 1, Long.MAX_VALUE - 4096, 1L << 62}) {
            Future<ByteBuf> read = file.read(position, 1).awaitUninterruptibly();
            if (read.isSuccess()) {
                assertThat(read.getNow().isReadable()).isFalse();
                read.getNow().release();
            } else {
                assertThat(read.cause()).isInstanceOf(AioException.class);
            }
        }
    }

    @Test
    void buffersThatCannotBeReadInto() {
        ByteBuf readOnly = Unpooled.directBuffer(8).asReadOnly();
        refused(() -> file.read(readOnly, 0), "read-only");
        readOnly.release();
        assertThatThrownBy(() -> file.read(readOnly.duplicate(), 0))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void nullInPlaceOfAnArgument() {
        assertThatThrownBy(() -> file.read((ByteBuf) null, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("dst");
        assertThatThrownBy(() -> file.write(null, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("src");
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        () -> file.read(0, 1, null),
                        () -> file.fsync(null),
                        () -> file.fdatasync(null),
                        () -> file.truncate(1, null),
                        () -> file.allocate(0, 1, null),
                        () -> file.size(null),
                        () -> file.attributes(null),
                        () -> file.close(null))) {
            assertThatThrownBy(call)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("promise");
        }
        assertThatThrownBy(() -> file.on(null)).isInstanceOf(NullPointerException.class);
    }

    /** The longest read there is takes nearly all of the memory that slabs may have: one fits. */
    @Test
    void moreMemoryThanTheSlabsMayHave() {
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    for (int i = 0; i < 40; i++) {
                        reads.add(file.read(0, LONGEST));
                    }
                });
        int failed = 0;
        for (Future<ByteBuf> read : reads) {
            if (read.awaitUninterruptibly().isSuccess()) {
                Pattern.check(read.getNow(), Pattern.bytes(0, 1000), 0, 1000);
                read.getNow().release();
            } else {
                failed++;
                assertThat(read.cause())
                        .isInstanceOf(AioException.class)
                        .hasMessageContaining("ENOMEM")
                        .hasMessageContaining("length=" + LONGEST)
                        .hasMessageContaining("-Dio.github.aionetty.maxSlabMemory");
            }
        }
        assertThat(failed).isPositive();
    }
}
