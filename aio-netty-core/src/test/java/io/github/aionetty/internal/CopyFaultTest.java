// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of which a system call fails: what there was is there, and nothing else. */
@Timeout(60)
class CopyFaultTest {
    private static final int SIZE = 10 << 20;

    private final FailNth faults = new FailNth();
    private final TestLoops loops = TestLoops.epoll(1);
    private Path directory;
    private Path source;
    private Path target;

    @BeforeEach
    void files() throws IOException {
        directory = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "copyfault");
        source = Files.write(directory.resolve("source"), Pattern.bytes(0, SIZE));
        target = Files.writeString(directory.resolve("target"), "old");
    }

    @AfterEach
    void close() throws IOException {
        loops.close();
        for (String name : names()) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private AioFiles files(Syscalls sys) {
        return files(loops, sys);
    }

    private static AioFiles files(TestLoops loops, Syscalls sys) {
        EventLoop loop = loops.next();
        ((DefaultBuilder) AioContext.builder(loop)).syscalls(sys).engine(AioEngine.KERNEL).build();
        return AioFiles.of(loop);
    }

    private Future<Void> copy(AioFiles files) {
        return files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "statx", "fcntlGetFlags", "ftruncate", "ioSubmit"})
    void whateverFailsLeavesWhatThereWas(String call) throws IOException {
        int failed = 0;
        for (int nth = 1; nth <= 6; nth++) {
            try (TestLoops own = TestLoops.epoll(1)) {
                FailNth faults = new FailNth();
                AioFiles files = files(own, faults.syscalls());
                faults.fail(call, nth, Errno.EIO);
                Future<Void> copy = copy(files).awaitUninterruptibly();
                assertThat(names()).as("%s of %s", nth, call).containsExactly("source", "target");
                if (copy.isSuccess()) {
                    assertThat(target).hasSameBinaryContentAs(source);
                    Files.writeString(target, "old");
                } else {
                    failed++;
                    assertThat(copy.cause()).hasMessageContaining("EIO");
                    assertThat(copy.cause()).hasMessageNotContaining(".part");
                    assertThat(target).hasContent("old");
                }
            }
        }
        assertThat(failed).isPositive();
    }

    @Test
    void aDiskThatIsFullIsToldOfTheTarget() throws IOException {
        AioFiles files = files(faults.syscalls());
        faults.fail("ftruncate", 1, Errno.ENOSPC);
        assertThat(failure(copy(files)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining(target + ": ")
                .hasMessageContaining("free space on the file system");
        assertThat(names()).containsExactly("source", "target");
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EOPNOTSUPP, Errno.EXDEV, Errno.EINVAL, Errno.EIO})
    void whereExtentsCannotBeSharedTheBytesAreMoved(int errno) {
        AioFiles files = files(faults.syscalls());
        faults.fail("ficlone", 1, errno);
        get(copy(files));
        assertThat(faults.calls("ficlone")).isEqualTo(1);
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void whereHolesAreNotKnownAllOfItIsMoved() {
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    boolean seek = call.equals("lseek");
                                    int whence = seek ? (int) arguments[2] : 0;
                                    return whence >= OpenFlags.SEEK_DATA
                                            ? (Object) (long) -Errno.EINVAL
                                            : null;
                                }));
        get(copy(files));
        assertThat(target).hasSameBinaryContentAs(source);
    }

    /** Whoever may write the directory puts a link to a file of ours in the place of the copy. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALinkInThePlaceOfTheCopyLeadsToStaysAsItIs(boolean attributes) throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "secret");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
        FileTime then = FileTime.fromMillis(1_234_567_890_123L);
        Files.setLastModifiedTime(victim, then);
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-xr-xr-x"));
        AtomicInteger cuts = new AtomicInteger();
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    // The first gives it its size, the second its length.
                                    if (call.equals("ftruncate") && cuts.incrementAndGet() == 2) {
                                        putLink(victim);
                                    }
                                    return null;
                                }));
        CopyOption[] options = {
            StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES
        };
        Future<Void> copy =
                files.copy(source, target, attributes ? options : Arrays.copyOf(options, 1));
        assertThat(failure(copy))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(target.toString())
                .hasMessageContaining("in the place of the unfinished copy");
        assertThat(cuts).hasValue(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)))
                .isEqualTo("rw-------");
        assertThat(Files.getLastModifiedTime(victim)).isEqualTo(then);
        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("away", "source", "target", "victim");
    }

    private void putLink(Path victim) {
        try {
            for (String name : names()) {
                if (name.endsWith(".part")) {
                    Files.move(directory.resolve(name), directory.resolve("away"));
                    Files.createSymbolicLink(directory.resolve(name), victim);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void permissionsAreThoseOfTheSourceThatWasOpened() throws IOException {
        AtomicInteger opens = new AtomicInteger();
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (call.equals("open") && opens.incrementAndGet() == 1) {
                                        exchangeSource();
                                    }
                                    return null;
                                }));
        get(copy(files));
        assertThat(target).hasContent("other");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rwx------");
    }

    private void exchangeSource() {
        try {
            Path other = Files.writeString(directory.resolve("other"), "other");
            Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx------"));
            Files.move(other, source, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noMoreThanTheBoundIsInFlight() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EventLoop loop = loops.next();
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loop))
                        .syscalls(
                                Intercepted.kernel(
                                        (call, arguments) ->
                                                call.equals("ioSubmit") && writes(arguments)
                                                        ? Intercepted.hang(goOn)
                                                        : null))
                        .engine(AioEngine.KERNEL)
                        .build();
        Future<Void> copy = copy(AioFiles.of(loop));
        try {
            // No write comes back: so no more is read than there may be in flight.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(context.metrics().inFlight()).isEqualTo(8));
            Thread.sleep(100);
            assertThat(context.metrics().inFlight()).isEqualTo(8);
        } finally {
            goOn.countDown();
        }
        get(copy);
        assertThat(target).hasSameBinaryContentAs(source);
    }

    private static boolean writes(Object[] ioSubmit) {
        return Intercepted.transfers(ioSubmit).stream().anyMatch(t -> t.opcode() == Iocb.PWRITE);
    }
}
