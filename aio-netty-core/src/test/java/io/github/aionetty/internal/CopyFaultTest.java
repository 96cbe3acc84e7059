// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of which a system call fails: what there was is there, and nothing else. */
@Timeout(60)
class CopyFaultTest extends CopyFaultFixture {
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
}
