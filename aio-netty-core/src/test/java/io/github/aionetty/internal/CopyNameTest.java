// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that get their name while something fails, or somebody else takes it. */
@Timeout(60)
class CopyNameTest extends CopyFaultFixture {
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
}
