// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real kernel, of which one call fails: one operation fails for it, and nothing leaks. */
@Timeout(30)
class FaultTest {
    private static final OpenOption[] DIRECT = {
        StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT
    };
    private static final int PATIENCE_MILLIS = 20;
    private static final int FOR_EVER = 1 << 30;

    private final FailNth faults = new FailNth();
    private final TestLoops loops = TestLoops.epoll(2);
    private AioContext context;
    private Path path;

    @BeforeEach
    void open() throws IOException {
        FileSystemsUnderTest.requireDirect(FileSystemsUnderTest.anyDirectory());
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "fault", "");
        Files.write(path, Pattern.bytes(0, 100_000));
        context = builder(loops.next()).build();
    }

    private AioContext.Builder builder(EventLoop loop) {
        return ((DefaultBuilder) AioContext.builder(loop))
                .syscalls(faults.syscalls())
                .engine(AioEngine.KERNEL);
    }

    @AfterEach
    void close() throws IOException {
        loops.close();
        Files.delete(path);
    }

    private void checkGoesOn() {
        AioFile file = get(context.open(path, DIRECT));
        ByteBuf read = get(file.read(10, 5000));
        assertThat(read.readableBytes()).isEqualTo(5000);
        read.release();
        get(file.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "statx", "fcntlGetFlags", "fcntlSetFlags"})
    void anOpenThatFailsHalfWayLeavesNoDescriptor(String call) {
        faults.fail(call, 1, Errno.EMFILE);
        assertThat(failure(context.open(path, DIRECT)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("open failed: EMFILE")
                .hasMessageContaining("ulimit -n")
                .hasMessageContaining(path.toString());
        checkGoesOn();
    }

    @Test
    void directRefusedByTheFileSystemSaysSo() {
        faults.fail("open", 1, Errno.EINVAL);
        assertThat(failure(context.open(path, DIRECT)))
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("open without AioOpenOption.DIRECT");
        checkGoesOn();
    }

    @Test
    void extentsThatCannotBeCountedAreNoObstacle() {
        faults.fail("fiemap", 1, Errno.EOPNOTSUPP);
        checkGoesOn();
    }

    @Test
    void withoutTheSecondDescriptorPartialWritesFailAndWholeOnesDoNot() {
        AioFile file = get(context.open(path, DIRECT));
        faults.fail("open", 1, Errno.EMFILE);
        ByteBuf partial = Unpooled.directBuffer().writeZero(10);
        assertThat(failure(file.write(partial, 1)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EMFILE");
        assertThat(partial.refCnt()).isZero();
        get(file.write(context.alloc().directBuffer(8192).writeZero(8192), 0));
        get(file.write(Unpooled.directBuffer().writeZero(10), 1));
        get(file.close());
    }

    @Test
    void metadataErrorsNameTheOperation() {
        AioFile file = get(context.open(path, DIRECT));
        faults.fail("ftruncate", 1, Errno.EFBIG);
        assertThat(failure(file.truncate(5))).hasMessageContaining("truncate failed: EFBIG");
        faults.fail("fallocate", 1, Errno.ENOSPC);
        assertThat(failure(file.allocate(0, 5))).hasMessageContaining("allocate failed: ENOSPC");
        faults.fail("statx", 1, Errno.EIO);
        assertThat(failure(file.size())).hasMessageContaining("attributes failed: EIO");
        assertThat(get(file.size())).isEqualTo(100_000);
        faults.fail("close", 1, Errno.EIO);
        assertThat(failure(file.close())).hasMessageContaining("close failed: EIO");
        get(file.close());
        checkGoesOn();
    }

    @Test
    void aFailedTruncateLetsTheWritesBehindItRun() {
        AioFile file = get(context.open(path, DIRECT));
        faults.fail("ftruncate", 1, Errno.EIO);
        Future<Void> truncated = file.truncate(0);
        Future<Integer> written = file.write(Unpooled.directBuffer().writeZero(10), 50_000);
        assertThat(failure(truncated)).hasMessageContaining("EIO");
        assertThat(get(written)).isEqualTo(10);
        assertThat(get(file.size())).isEqualTo(100_000);
        get(file.close());
    }

    @Test
    void aFullKernelIsAskedAgainOnTheLoopAndByHelpers() {
        AioFile file = get(context.open(path, DIRECT));
        faults.fail("ioSubmit", 1, 5, Errno.EAGAIN);
        List<Future<ByteBuf>> reads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            reads.add(file.read(i * 4096, 4096));
        }
        for (int i = 0; i < 20; i++) {
            ByteBuf read = get(reads.get(i));
            Pattern.check(read, Pattern.bytes(i * 4096, 4096), 0, 4096);
            read.release();
        }
        faults.fail("ioSubmit", 1, 5, Errno.EAGAIN);
        assertThat(get(file.write(Unpooled.directBuffer().writeZero(100), 3))).isEqualTo(100);
        get(file.close());
    }

    @Test
    void aSubmissionThatIsRefusedFailsItsOperation() {
        AioFile file = get(context.open(path, DIRECT));
        for (int errno : new int[] {Errno.ENOMEM, Errno.EBADF, Errno.EFAULT}) {
            faults.fail("ioSubmit", 1, errno);
            assertThat(failure(file.read(0, 4096))).hasMessageContaining(Errno.name(errno));
            faults.fail("ioSubmit", 1, errno);
            ByteBuf src = Unpooled.directBuffer().writeZero(100);
            assertThat(failure(file.write(src, 0))).hasMessageContaining(Errno.name(errno));
            assertThat(src.refCnt()).isZero();
        }
        get(file.close());
        checkGoesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EAGAIN, Errno.EINTR})
    void aKernelThatNeverHasRoomIsGivenUp(int errno) {
        AioContext impatient =
                ((DefaultBuilder) builder(loops.next())).patience(PATIENCE_MILLIS).build();
        AioFile file = get(impatient.open(path, DIRECT));
        faults.fail("ioSubmit", 1, FOR_EVER, errno);
        // The one is submitted on the loop, the other by a helper.
        assertThat(failure(file.fsync())).hasMessageContaining(Errno.name(errno));
        ByteBuf src = Unpooled.directBuffer().writeZero(100);
        assertThat(failure(file.write(src, 3))).hasMessageContaining(Errno.name(errno));
        assertThat(src.refCnt()).isZero();
        get(file.close());
    }

    @Test
    void completionsThatAreNotToldAreAskedForAgain() {
        AioContext fetching = fetching(5000);
        AioFile file = get(fetching.open(path, DIRECT));
        faults.fail("ioGetEvents", 1, 20, Errno.EIO);
        get(file.fsync());
        get(file.close());
    }

    private AioContext fetching(int patienceMillis) {
        EventLoop loop = loops.next();
        return SweepAccess.build(
                loop, faults.syscalls(), AioEngine.KERNEL, 0, patienceMillis, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EINTR})
    void aContextThatIsToldNothingEndsAndTheDrainerLooksIntoTheRing(int errno) {
        AioContext deaf = fetching(PATIENCE_MILLIS);
        AioFile file = get(deaf.open(path, DIRECT));
        faults.fail("ioGetEvents", 1, FOR_EVER, errno);
        try (Logs logs = Logs.of(KernelEngine.class)) {
            get(file.fsync());
            get(deaf.close());
            assertThat(logs.messages()).anyMatch(line -> line.contains("is closed: io_getevents"));
        }
        assertThat(failure(deaf.open(path, DIRECT))).isInstanceOf(AioClosedException.class);
    }

    @Test
    void interruptedWaitsOfTheDrainerAreRepeated() {
        AioFile file = get(context.open(path, DIRECT));
        Future<ByteBuf> read = file.read(0, 100_000);
        faults.fail("ioGetEvents", 1, 3, Errno.EINTR);
        Future<?> ended = context.eventLoop().parent().shutdownGracefully();
        if (read.awaitUninterruptibly().isSuccess()) {
            read.getNow().release();
        }
        get(ended);
    }

    @Test
    void aContextWithoutAnEventFdFailsToBuildAndIsGivenBack() {
        faults.fail("eventFd", 1, Errno.EMFILE);
        EventLoop other = loops.next();
        assertThatThrownBy(() -> builder(other).build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("eventfd failed: EMFILE");
        assertThat(builder(other).build().engine()).isEqualTo(AioEngine.KERNEL);
    }

    @Test
    void autoFallsBackToThreadsWhereTheKernelRefuses() {
        faults.fail("ioSetup", 1, Errno.ENOSYS);
        try (Logs logs = Logs.of(ContextRegistry.class)) {
            AioContext fallen = builder(loops.next()).engine(AioEngine.AUTO).build();
            assertThat(fallen.engine()).isEqualTo(AioEngine.THREAD_POOL);
            AioFile file = get(fallen.open(path, DIRECT));
            get(file.read(1, 5000)).release();
            get(file.close());
            assertThat(logs.messages()).as("one warning a process").hasSizeLessThan(2);
        }
    }

    @Test
    void aSyncIsNotBelievedWhereXfsHasShutDown() throws IOException {
        Path directory = FileSystemsUnderTest.directory("xfs");
        Path onXfs = Files.createTempFile(directory, "fault", "");
        AioFile file = get(context.open(onXfs, StandardOpenOption.WRITE, StandardOpenOption.DSYNC));
        for (String sync : List.of("fsync", "fdatasync", "write")) {
            faults.fail("lseek", 1, Errno.EIO);
            Future<?> future =
                    switch (sync) {
                        case "fsync" -> file.fsync();
                        case "fdatasync" -> file.fdatasync();
                        default -> file.write(Unpooled.wrappedBuffer(new byte[10]), 0);
                    };
            assertThat(failure(future))
                    .isInstanceOf(AioException.class)
                    .hasMessageContaining(sync + " failed: EIO");
        }
        get(file.fsync());
        get(file.close());
        Files.delete(onXfs);
    }
}
