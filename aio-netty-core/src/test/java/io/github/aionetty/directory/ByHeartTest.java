// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.directory;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.github.aionetty.internal.DirectoryAccess;
import io.github.aionetty.internal.SweepAccess;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kernel knows of names without a disk, and what it refuses. */
@Timeout(60)
class ByHeartTest {
    private static final Path FILE = Path.of("file");

    /** Where statx leaves the file system's number; see {@link FileStatus}. */
    private static final int FS_TYPE = 80;

    private static final long NFS = 0x6969;

    private final FailNth faults = new FailNth();
    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private Path root;

    @BeforeEach
    void begin() throws IOException {
        root = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "heart");
        Files.writeString(root.resolve("file"), "content");
        FileSystemsUnderTest.require(DirectoryAccess.byHeart(), "openat2 with RESOLVE_CACHED");
    }

    @AfterEach
    void end() throws IOException {
        loops.close();
        Files.deleteIfExists(root.resolve("file"));
        Files.deleteIfExists(root.resolve("link"));
        Files.delete(root);
    }

    private AioDirectory open(Syscalls sys) {
        return get(SweepAccess.files(loop, sys).openDirectory(root));
    }

    /** Whether it was done when it was returned. */
    private boolean isDoneAtOnce(AioDirectory directory, Path name, LinkOption... options) {
        return get(loop.submit(() -> directory.attributes(name, options).isDone()));
    }

    @Test
    void whatWasSeenBeforeIsAnsweredAtOnceOnEveryFileSystem() throws IOException {
        for (String each : FileSystemsUnderTest.names()) {
            Path there = Files.createTempDirectory(FileSystemsUnderTest.directory(each), "heart");
            Files.createDirectory(there.resolve("sub"));
            Files.writeString(there.resolve("sub/file"), "content");
            Files.createSymbolicLink(there.resolve("link"), Path.of("sub/file"));
            AioDirectory directory = get(AioFiles.of(loop).openDirectory(there));
            List<String> names = new ArrayList<>(List.of("", "sub", "sub/file"));
            if (!each.equals("tmpfs")) {
                // That keeps nothing in memory of what there is not.
                names.addAll(List.of("missing", "sub/missing"));
            }
            for (String text : names) {
                Path name = Path.of(text);
                // Also where it looks only once.
                directory.attributes(name).awaitUninterruptibly();
                if (FileSystemsUnderTest.names().size() > 1) {
                    assertThat(isDoneAtOnce(directory, name)).as(each + ' ' + text).isTrue();
                    assertThat(isDoneAtOnce(directory, name, LinkOption.NOFOLLOW_LINKS)).isTrue();
                }
            }
            Path link = Path.of("link");
            assertThat(get(get(loop.submit(() -> directory.attributes(link)))).size()).isEqualTo(7);
            get(directory.close());
            Files.delete(there.resolve("link"));
            Files.delete(there.resolve("sub/file"));
            Files.delete(there.resolve("sub"));
            Files.delete(there);
        }
    }

    @Test
    void itIsOneCall() {
        AioDirectory directory = open(faults.syscalls());
        get(directory.attributes(FILE));
        int opened = faults.calls("openat2");
        int asked = faults.calls("statx");
        AioFileAttributes attributes = get(get(loop.submit(() -> directory.attributes(FILE))));
        assertThat(attributes.size()).isEqualTo(7);
        assertThat(faults.calls("statusAt")).isEqualTo(1);
        assertThat(faults.calls("openat2")).isEqualTo(opened);
        assertThat(faults.calls("statx")).isEqualTo(asked);
        get(directory.close());
    }

    @Test
    void aMissingNameThatWasSeenIsMissingAtOnceAndNoLonger() throws IOException {
        AioDirectory directory = open(faults.syscalls());
        Path name = Path.of("link");
        failure(directory.attributes(name));
        Future<AioFileAttributes> missing = get(loop.submit(() -> directory.attributes(name)));
        assertThat(failure(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(root.resolve("link").toString());
        Files.writeString(root.resolve("link"), "now");
        assertThat(get(get(loop.submit(() -> directory.attributes(name)))).size()).isEqualTo(3);
        get(directory.close());
    }

    @Test
    void whateverElseIsSaidAHelperLooks() {
        AioDirectory directory = open(faults.syscalls());
        for (int errno :
                List.of(
                        Errno.EAGAIN,
                        Errno.EXDEV,
                        Errno.EINVAL,
                        Errno.EMFILE,
                        Errno.EPERM,
                        Errno.ENOSYS)) {
            int before = faults.calls("openat2");
            faults.fail("statusAt", 1, errno);
            Future<AioFileAttributes> future = get(loop.submit(() -> directory.attributes(FILE)));
            assertThat(get(future).size()).isEqualTo(7);
            assertThat(faults.calls("openat2")).isEqualTo(before + 1);
        }
        get(directory.close());
    }

    /** An NFS server, say: what is in memory of it may be old. */
    @Test
    void whatAServerMayKnowBetterIsLeftToAHelper() {
        AtomicInteger asked = new AtomicInteger();
        AioDirectory directory =
                open(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (call.equals("statusAt")) {
                                        asked.incrementAndGet();
                                    }
                                    if (!call.equals("statx")) {
                                        return null;
                                    }
                                    long buffer = (long) arguments[1];
                                    int answer =
                                            LibAio.instance().statx((int) arguments[0], buffer);
                                    Memory.view(buffer, FileStatus.SIZE).putLong(FS_TYPE, NFS);
                                    return answer;
                                }));
        assertThat(get(get(loop.submit(() -> directory.attributes(FILE)))).size()).isEqualTo(7);
        assertThat(asked.get()).isZero();
        get(directory.close());
    }

    @Test
    void offTheLoopAHelperLooks() {
        AioDirectory directory = open(faults.syscalls());
        get(directory.attributes(FILE));
        assertThat(faults.calls("statusAt")).isZero();
        get(directory.close());
    }

    /** The file itself may go with that descriptor, and that is no work for a loop. */
    @Test
    void aFileThatLostItsNameMeanwhileIsClosedByAHelper() throws IOException {
        byte[] path = root.resolve("file").toString().getBytes(StandardCharsets.UTF_8);
        int left = LibAio.instance().open(path, OpenFlags.O_PATH | OpenFlags.O_CLOEXEC, 0);
        CompletableFuture<String> closer = new CompletableFuture<>();
        AioDirectory directory =
                open(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (call.equals("close") && (int) arguments[0] == left) {
                                        closer.complete(Thread.currentThread().getName());
                                    }
                                    if (!call.equals("statusAt")) {
                                        return null;
                                    }
                                    LibAio.instance().statx(left, (long) arguments[4]);
                                    return left + 1;
                                }));
        assertThat(get(get(loop.submit(() -> directory.attributes(FILE)))).size()).isEqualTo(7);
        assertThat(closer.join()).startsWith("aio-netty-meta");
        get(directory.close());
    }

    @Test
    void anOldKernelIsNotAskedAgain() {
        faults.fail("openat2", 2, Errno.EINVAL);
        AioDirectory directory = open(faults.syscalls());
        assertThat(directory.isRaceFree()).isTrue();
        assertThat(get(get(loop.submit(() -> directory.attributes(FILE)))).size()).isEqualTo(7);
        assertThat(faults.calls("statusAt")).isZero();
        get(directory.close());
    }

    @Test
    void whereTheCallIsMissingOrNotAllowedItIsSaid() {
        for (int errno : List.of(Errno.ENOSYS, Errno.EPERM)) {
            faults.fail("openat2", 1, errno);
            AioDirectory directory = open(faults.syscalls());
            assertThat(directory.isRaceFree()).isFalse();
            assertThat(get(directory.attributes(FILE)).size()).isEqualTo(7);
            AioFile file = get(directory.open(FILE));
            get(file.close());
            get(directory.close());
        }
        assertThat(faults.calls("openat2")).isEqualTo(2);
    }

    @Test
    void aLackOfDescriptorsDecidesNothing() {
        for (int call = 1; call <= 2; call++) {
            faults.fail("openat2", call, Errno.EMFILE);
            assertThat(failure(SweepAccess.files(loop, faults.syscalls()).openDirectory(root)))
                    .isInstanceOf(AioException.class)
                    .hasMessageContainingAll(root.toString(), "EMFILE", "ulimit");
        }
        AioDirectory directory = open(faults.syscalls());
        assertThat(directory.isRaceFree()).isTrue();
        faults.fail("openat2", 1, Errno.EMFILE);
        assertThat(failure(directory.attributes(FILE)))
                .isInstanceOf(AioException.class)
                .hasMessageContainingAll("EMFILE", "ulimit");
        faults.fail("openat2", 1, Errno.EMFILE);
        assertThat(failure(directory.openDirectory(Path.of("")))).hasMessageContaining("EMFILE");
        get(directory.close());
    }

    @Test
    void renamesInTheMiddleAreTriedAgainAndNotForEver() {
        AioDirectory directory = open(faults.syscalls());
        faults.fail("openat2", 1, 3, Errno.EAGAIN);
        assertThat(get(directory.attributes(FILE)).size()).isEqualTo(7);
        AtomicInteger before = new AtomicInteger(faults.calls("openat2"));
        faults.fail("openat2", 1, 1000, Errno.EAGAIN);
        assertThat(failure(directory.attributes(FILE)))
                .isInstanceOf(AioException.class)
                .hasMessageContainingAll("EAGAIN", "try again");
        assertThat(faults.calls("openat2") - before.get()).isLessThan(100);
        get(directory.close());
    }
}
