// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.blocking;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.BlockingAioFile;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.HeldFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.BlockingOperationException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file whose methods wait: what they give and throw, and where they refuse to wait. */
@Timeout(60)
class BlockingAioFileTest {
    private static final byte[] CONTENT = Pattern.bytes(0, 20_000);

    /** How a file is opened. */
    enum Mode {
        BUFFERED(StandardOpenOption.READ, StandardOpenOption.WRITE),
        DIRECT(StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT);

        final OpenOption[] options;

        Mode(OpenOption... options) {
            this.options = options;
        }
    }

    private final TestLoops loops = TestLoops.epoll(1);
    private final AioContext context = AioContext.of(loops.next());
    private Path path;

    @BeforeEach
    void make() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "blocking", "");
    }

    @AfterEach
    void close() throws IOException {
        Thread.interrupted();
        loops.close();
        Files.delete(path);
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodWaitsForItsResult(Mode mode) throws IOException {
        if (mode == Mode.DIRECT) {
            FileSystemsUnderTest.requireDirect(path.getParent());
        }
        try (BlockingAioFile file = BlockingAioFile.open(context, path, mode.options)) {
            assertThat(file.write(Unpooled.wrappedBuffer(CONTENT), 0)).isEqualTo(CONTENT.length);
            file.fsync();
            file.fdatasync();
            assertThat(file.size()).isEqualTo(CONTENT.length);
            assertThat(file.cached(0, CONTENT.length)).isBetween(0L, (long) CONTENT.length);
            ByteBuf read = file.read(5, CONTENT.length);
            Pattern.check(read, CONTENT, 5, CONTENT.length - 5);
            read.release();
            ByteBuf into = Unpooled.buffer(1000, 1000);
            assertThat(file.read(into, 700)).isEqualTo(1000);
            Pattern.check(into, CONTENT, 700, 1000);
            assertThat(file.read(into.clear(), CONTENT.length)).isEqualTo(-1);
            into.release();
            file.truncate(100);
            assertThat(file.attributes().size()).isEqualTo(100);
            file.allocate(0, 8192);
            assertThat(file.size()).isEqualTo(8192);
            assertThat(file.file().path()).isEqualTo(path);
            assertThat(file).hasToString("BlockingAioFile[" + path + ']');
        }
        assertThat(Files.size(path)).isEqualTo(8192);
    }

    @Test
    void whatFailsIsThrown() throws IOException {
        assertThatThrownBy(() -> BlockingAioFile.open(context, path.resolveSibling("missing")))
                .isInstanceOf(NoSuchFileException.class);
        BlockingAioFile file = BlockingAioFile.open(context, path);
        ByteBuf src = Unpooled.wrappedBuffer(CONTENT);
        assertThatThrownBy(() -> file.write(src, 0))
                .isInstanceOfSatisfying(
                        AioException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
        assertThat(src.refCnt()).isZero();
        assertThatThrownBy(() -> file.read(-1, 10)).isInstanceOf(IllegalArgumentException.class);
        file.close();
        file.close();
        assertThatThrownBy(() -> file.read(0, 10)).isInstanceOf(AioClosedException.class);
        assertThatThrownBy(file::size).isInstanceOf(AioClosedException.class);
    }

    /** Everything that waits, but for closing. */
    private static List<ThrowingCallable> methods(BlockingAioFile file, ByteBuf src, ByteBuf dst) {
        return List.of(
                () -> file.read(0, 100),
                () -> file.read(dst, 0),
                () -> file.write(src, 0),
                file::fsync,
                file::fdatasync,
                () -> file.truncate(0),
                () -> file.allocate(0, 1 << 20),
                file::size,
                () -> file.cached(0, 100),
                file::attributes);
    }

    private void checkNothingBegins(BlockingAioFile file, Class<? extends Throwable> thrown) {
        ByteBuf src = Unpooled.wrappedBuffer(CONTENT);
        ByteBuf dst = Unpooled.buffer(100);
        long completed = context.metrics().completed();
        for (ThrowingCallable each : methods(file, src, dst)) {
            assertThatThrownBy(each).isInstanceOf(thrown);
        }
        assertThatThrownBy(() -> BlockingAioFile.open(context, path)).isInstanceOf(thrown);
        assertThat(src.refCnt()).isZero();
        assertThat(dst.refCnt()).isEqualTo(1);
        dst.release();
        assertThat(context.metrics().inFlight()).isZero();
        assertThat(context.metrics().completed()).isEqualTo(completed);
    }

    @Test
    void onAnEventLoopNothingBeginsButTheClose() throws IOException {
        Files.write(path, CONTENT);
        BlockingAioFile file = BlockingAioFile.open(context, path, Mode.BUFFERED.options);
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    checkNothingBegins(file, BlockingOperationException.class);
                    assertThatThrownBy(file::close).isInstanceOf(BlockingOperationException.class);
                });
        get(file.file().close());
        assertThat(Files.readAllBytes(path)).isEqualTo(CONTENT);
    }

    @Test
    void inAnInterruptedThreadNothingBeginsButTheClose() throws IOException {
        Files.write(path, CONTENT);
        BlockingAioFile file = BlockingAioFile.open(context, path, Mode.BUFFERED.options);
        Thread.currentThread().interrupt();
        checkNothingBegins(file, InterruptedIOException.class);
        try {
            file.close();
        } catch (InterruptedIOException e) {
            // It was not done at once.
            assertThat(e).hasMessageContaining("goes on");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.file().isOpen()).isFalse();
        get(file.file().close());
        assertThat(Files.readAllBytes(path)).isEqualTo(CONTENT);
    }

    @Test
    void whoWaitsWhenTheLoopEndsIsToldSo() throws Exception {
        try (HeldFile held = new HeldFile()) {
            BlockingAioFile file = BlockingAioFile.of(held.file);
            Throwable[] thrown = new Throwable[1];
            Thread waiter =
                    new Thread(
                            () -> {
                                try {
                                    file.read(0, 100);
                                } catch (Throwable t) {
                                    thrown[0] = t;
                                }
                            });
            waiter.start();
            held.awaitInFlight(1);
            held.loops.close();
            held.answer();
            Awaitility.await().until(() -> !waiter.isAlive());
            assertThat(thrown[0]).isInstanceOf(AioClosedException.class);
        }
    }
}
