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
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.child.OpenMain;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that cannot be opened: each gets its own error, none hangs, and the context goes on. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@Timeout(60)
class BadPathTest {
    private static final List<OpenOption[]> ACCESSES =
            List.of(
                    new OpenOption[] {StandardOpenOption.READ},
                    new OpenOption[] {StandardOpenOption.WRITE},
                    new OpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE});

    @TempDir Path directory;

    private TestLoops loops;
    private AioContext context;

    BadPathTest(boolean epoll) {
        loops = epoll ? TestLoops.epoll(1) : TestLoops.nio(1);
        context = AioContext.of(loops.next());
    }

    @AfterEach
    void theContextGoesOn() throws IOException {
        Path good = Files.write(directory.resolve("good"), new byte[100]);
        AioFile file = get(context.open(good));
        get(file.read(1, 10)).release();
        get(file.close());
        loops.close();
    }

    private void checkEveryAccess(Path path, String... message) {
        for (OpenOption[] access : ACCESSES) {
            assertThat(failure(context.open(path, access)))
                    .isInstanceOf(AioException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContainingAll(message);
        }
    }

    @Test
    void aMissingFileOrDirectory() {
        for (String name : List.of("missing", "missing/below")) {
            Path path = directory.resolve(name);
            assertThat(failure(context.open(path)))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void aFileInPlaceOfADirectory() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(failure(context.open(file.resolve("below"))))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("ENOTDIR");
    }

    @Test
    void aDirectory() {
        checkEveryAccess(directory, "EISDIR", "AioFiles.list");
        assertThat(
                        failure(
                                context.open(
                                        directory,
                                        StandardOpenOption.WRITE,
                                        StandardOpenOption.CREATE)))
                .hasMessageContaining("EISDIR");
    }

    @Test
    void aNameThatIsTooLong() {
        assertThat(failure(context.open(directory.resolve("x".repeat(256)))))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("ENAMETOOLONG");
    }

    @Test
    void aLoopOfSymbolicLinks() throws IOException {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, link);
        assertThat(failure(context.open(link)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("ELOOP");
    }

    @Test
    void aFifoWithNobodyAtTheOtherEnd() throws Exception {
        Path fifo = directory.resolve("fifo");
        Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        checkEveryAccess(fifo, "FIFO", "only regular files and block devices");
    }

    @Test
    void aSocket() throws IOException {
        Path path = Path.of("/tmp").resolve("aio-netty-" + ProcessHandle.current().pid());
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            checkEveryAccess(path, "socket");
        } finally {
            Files.deleteIfExists(path);
        }
    }

    @Test
    void characterDevices() {
        for (String device : List.of("/dev/null", "/dev/zero", "/dev/tty")) {
            if (Files.exists(Path.of(device)) && !device.equals("/dev/tty")) {
                checkEveryAccess(Path.of(device), "character device");
            } else {
                assertThat(failure(context.open(Path.of(device)))).isInstanceOf(IOException.class);
            }
        }
    }

    /** A process that is root may do anything; one without two capabilities may not. */
    @Test
    void aFileWithoutPermission() throws Exception {
        Path secret = Files.createFile(directory.resolve("secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        ChildJvm child = new ChildJvm();
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            child.by("setpriv", "--bounding-set", "-dac_override,-dac_read_search");
        }
        ChildJvm.Result result = child.run(OpenMain.class, secret.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output().lines())
                .filteredOn(line -> line.startsWith("failed:"))
                .hasSize(2)
                .allMatch(line -> line.contains(AccessDeniedException.class.getName()))
                .allMatch(line -> line.contains(secret.toString()));
    }

    @Test
    void directWhereItIsRefused() {
        Path status = Path.of("/proc/self/status");
        FileSystemsUnderTest.require(Files.exists(status), "/proc");
        assertThat(failure(context.open(status, AioOpenOption.DIRECT)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("O_DIRECT")
                .hasMessageContaining("open without AioOpenOption.DIRECT");
    }

    @Test
    void appendAndForeignPathsThrowAtOnce() throws IOException {
        Path path = directory.resolve("file");
        assertThatThrownBy(
                        () ->
                                context.open(
                                        path, StandardOpenOption.WRITE, StandardOpenOption.APPEND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("APPEND");
        URI zip = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path foreign = inside.getPath("/entry");
            assertThatThrownBy(() -> context.open(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jar");
            assertThatThrownBy(() -> AioFiles.of(context.eventLoop()).list(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jar");
        }
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> context.open(null)).isInstanceOf(NullPointerException.class);
    }
}
