// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
                    assertSame(target, source);
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
    void whereExtentsCannotBeSharedTheBytesAreMoved(int errno) throws IOException {
        AioFiles files = files(faults.syscalls());
        faults.fail("ficlone", 1, errno);
        get(copy(files));
        assertThat(faults.calls("ficlone")).isEqualTo(1);
        assertSame(target, source);
    }

    @Test
    void whereHolesAreNotKnownAllOfItIsMoved() throws IOException {
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
        assertSame(target, source);
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

    /** The loop ends when the copy has its name, and cannot be told any more. */
    @ParameterizedTest
    @ValueSource(ints = {0, Errno.EINVAL})
    void aCopyThatHasItsNameIsASuccessWhenTheLoopEnds(int errno) throws IOException {
        Files.delete(target);
        EventLoop loop = loops.next();
        Syscalls kernel = LibAio.instance();
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (!call.equals("renameNew")) {
                                        return null;
                                    }
                                    byte[] from = (byte[]) arguments[0];
                                    byte[] to = (byte[]) arguments[1];
                                    int result = errno == 0 ? kernel.renameNew(from, to) : -errno;
                                    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
                                    loop.terminationFuture().awaitUninterruptibly(10_000);
                                    return result;
                                }));
        Future<Void> copy = files.copy(source, target);
        assertThat(copy.awaitUninterruptibly(30_000)).isTrue();
        assertThat(copy.cause()).isNull();
        assertSame(target, source);
        assertThat(names()).containsExactly("source", "target");
    }

    @Test
    void aCopyThatHasItsNameIsASuccessWhereTheOtherNameCannotBeRemoved() throws IOException {
        FileSystemsUnderTest.require("root".equals(System.getProperty("user.name")), "root");
        Files.delete(target);
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (!call.equals("renameNew")) {
                                        return null;
                                    }
                                    // Links may be made there, and no name may go.
                                    run("chattr", "+a", directory.toString());
                                    return -Errno.EINVAL;
                                }));
        try {
            get(files.copy(source, target));
        } finally {
            run("chattr", "-a", directory.toString());
        }
        assertSame(target, source);
        assertThat(names()).hasSize(3);
    }

    private static void run(String... command) {
        try {
            Commands.run(command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An error of the rename is told: what follows it might replace what others have made. */
    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EIO, Errno.EMLINK})
    void aCopyThatCannotHaveItsNameFails(int errno) throws IOException {
        Files.delete(target);
        AioFiles files = files(faults.syscalls());
        faults.fail("renameNew", 1, errno);
        assertThat(failure(files.copy(source, target)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining(Errno.name(errno))
                .hasMessageContaining(target.toString());
        assertThat(names()).containsExactly("source");
    }

    /** Here because a file has no more than 65,000 names on ext4. */
    @Test
    void aLinkThatFailsIsToldWhereFilesCanHaveLinks() throws IOException {
        Files.delete(target);
        FileSystemsUnderTest.require("ext4".equals(Files.getFileStore(directory).type()), "ext4");
        Path links = Files.createDirectory(directory.resolve("links"));
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (!call.equals("renameNew")) {
                                        return null;
                                    }
                                    String name = new String((byte[]) arguments[0], UTF_8);
                                    linkAll(Path.of(name), links);
                                    return -Errno.EINVAL;
                                }));
        Throwable failure = failure(files.copy(source, target));
        run("rm", "-r", links.toString());
        assertThat(failure)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(target.toString())
                .hasMessageContaining("Too many links");
        assertThat(names()).containsExactly("source");
    }

    private static void linkAll(Path file, Path links) {
        try {
            for (int i = 1; i < 65_000; i++) {
                Files.createLink(links.resolve(Integer.toString(i)), file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What somebody makes at the last moment, where there is no rename that spares it. */
    @Test
    void whatAppearsAtTheLastMomentIsNotReplaced() throws IOException {
        Files.delete(target);
        for (int errno : new int[] {0, Errno.EINVAL}) {
            try (TestLoops own = TestLoops.epoll(1)) {
                AioFiles files =
                        files(
                                own,
                                Intercepted.kernel(
                                        (call, arguments) -> {
                                            if (!call.equals("renameNew")) {
                                                return null;
                                            }
                                            run("cp", "/proc/version", target.toString());
                                            return errno == 0 ? null : (Object) (-errno);
                                        }));
                assertThat(failure(files.copy(source, target)))
                        .isInstanceOf(FileAlreadyExistsException.class)
                        .hasMessage(target.toString());
                assertSame(target, Path.of("/proc/version"));
                assertThat(names()).containsExactly("source", "target");
                Files.delete(target);
            }
        }
    }

    /** A clone that a full disk ends has shared a part by then. */
    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOSPC, Errno.EIO})
    void whatAFailedCloneLeavesIsNotInTheCopy(int errno) throws IOException {
        Files.delete(source);
        // A hole of which nothing will be written.
        try (FileChannel sparse =
                FileChannel.open(source, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(Pattern.bytes(0, 5000)), 2 << 20);
        }
        ByteBuffer garbage = ByteBuffer.allocateDirect(8192).put(0, new byte[8192]);
        for (int i = 0; i < garbage.capacity(); i++) {
            garbage.put(i, (byte) 7);
        }
        Syscalls kernel = LibAio.instance();
        AioFiles files =
                files(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (!call.equals("ficlone")) {
                                        return null;
                                    }
                                    int fd = (int) arguments[0];
                                    kernel.pwrite(fd, Memory.address(garbage), 8192, 0);
                                    return -errno;
                                }));
        get(copy(files));
        assertSame(target, source);
    }

    /** Memory and places that others hold are waited for, as streams do. */
    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOMEM, Errno.EAGAIN})
    void whatIsMissingForTheMomentIsWaitedFor(int errno) throws IOException {
        AioFiles files = files(faults.syscalls());
        faults.fail("ftruncate", 1, 2, errno);
        get(copy(files));
        assertSame(target, source);
    }

    private static AioFiles withoutMemory(TestLoops loops, AtomicBoolean missing) {
        return files(
                loops,
                Intercepted.kernel(
                        (call, arguments) ->
                                call.equals("ioSubmit") && missing.get()
                                        ? (Object) (-Errno.ENOMEM)
                                        : null));
    }

    @Test
    void aCopyWaitsForMemoryThatOthersHold() throws Exception {
        AtomicBoolean missing = new AtomicBoolean(true);
        Future<Void> copy = copy(withoutMemory(loops, missing));
        assertThat(copy.await(300)).as("waits: %s", copy.cause()).isFalse();
        missing.set(false);
        get(copy);
        assertSame(target, source);
    }

    @Test
    void aCopyWaitsForMemoryThatItHasItself() throws Exception {
        AioFiles files = files(faults.syscalls());
        for (int nth = 2; nth < 20; nth += 3) {
            faults.fail("ioSubmit", nth, Errno.ENOMEM);
        }
        get(copy(files));
        assertSame(target, source);
    }

    @Test
    void aQueueThatIsFullIsWaitedFor() throws IOException {
        EventLoop loop = loops.next();
        AioContext.builder(loop).capacity(2).maxPending(0).build();
        get(copy(AioFiles.of(loop)));
        assertSame(target, source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "close", "shutdown"})
    void aCopyThatWaitsForMemoryCanBeEnded(String how) throws Exception {
        Future<Void> copy = copy(withoutMemory(loops, new AtomicBoolean(true)));
        AioContext context = AioContext.of(loops.next());
        assertThat(copy.await(200)).isFalse();
        switch (how) {
            case "cancel" -> assertThat(copy.cancel(false)).isTrue();
            case "close" -> context.close();
            default -> loops.next().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
        assertThat(copy.await(10_000)).isTrue();
        assertThat(copy.cause())
                .isInstanceOfAny(AioClosedException.class, CancellationException.class);
        context.close().await();
        Awaitility.await()
                .untilAsserted(() -> assertThat(names()).containsExactly("source", "target"));
        assertThat(target).hasContent("old");
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
        assertSame(target, source);
    }

    private static boolean writes(Object[] ioSubmit) {
        return Intercepted.transfers(ioSubmit).stream().anyMatch(t -> t.opcode() == Iocb.PWRITE);
    }
}
