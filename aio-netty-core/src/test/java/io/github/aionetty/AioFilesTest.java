// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on names. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@Timeout(30)
class AioFilesTest {
    @TempDir Path directory;

    private final TestLoops loops;
    private final EventLoop loop;
    private final AioFiles files;

    AioFilesTest(boolean epoll) {
        loops = epoll ? TestLoops.epoll(1) : TestLoops.nio(1);
        loop = loops.next();
        files = AioFiles.of(loop);
    }

    @AfterEach
    void close() {
        loops.close();
    }

    private Path file(String name) throws IOException {
        return Files.write(directory.resolve(name), Pattern.bytes(0, 5000));
    }

    @Test
    void listGivesTheEntriesInOrder() throws IOException {
        assertThat(get(files.list(directory))).isEmpty();
        Path b = file("b");
        Path a = Files.createDirectory(directory.resolve("a"));
        Path c = file("ü c");
        assertThat(get(files.list(directory))).containsExactly(a, b, c);
        assertThat(failure(files.list(b))).isInstanceOf(NotDirectoryException.class);
        assertThat(failure(files.list(directory.resolve("missing"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void attributesTellTheKind() throws IOException {
        Path file = file("file");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        AioFileAttributes ofFile = get(files.attributes(file));
        assertThat(ofFile.size()).isEqualTo(5000);
        assertThat(ofFile.isRegularFile()).isTrue();
        assertThat(ofFile.lastModifiedTime()).isEqualTo(Files.getLastModifiedTime(file));
        assertThat(ofFile.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(get(files.attributes(link))).isEqualTo(ofFile);
        assertThat(get(files.attributes(link, LinkOption.NOFOLLOW_LINKS)).kind())
                .isEqualTo(AioFileAttributes.Kind.SYMBOLIC_LINK);
        assertThat(get(files.attributes(directory)).isDirectory()).isTrue();
        assertThat(get(files.attributes(Path.of("/dev/null"))).kind())
                .isEqualTo(AioFileAttributes.Kind.OTHER);
        assertThat(failure(files.attributes(directory.resolve("missing"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void realPathFollowsLinks() throws IOException {
        Path file = file("file");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(get(files.realPath(link))).isEqualTo(file.toRealPath());
        assertThat(failure(files.realPath(directory.resolve("missing"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void moveReplacesOnlyWhenTold() throws IOException {
        Path from = file("from");
        Path to = Files.createFile(directory.resolve("to"));
        assertThat(failure(files.move(from, to))).isInstanceOf(FileAlreadyExistsException.class);
        get(files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
        assertThat(from).doesNotExist();
        assertThat(to).hasSize(5000);
        get(files.move(to, from));
        assertThat(from).hasSize(5000);
    }

    @Test
    void deleteTakesFilesAndEmptyDirectories() throws IOException {
        Path file = file("file");
        assertThat(failure(files.delete(directory))).isInstanceOf(DirectoryNotEmptyException.class);
        get(files.delete(file));
        assertThat(file).doesNotExist();
        assertThat(failure(files.delete(file))).isInstanceOf(NoSuchFileException.class);
        Path empty = Files.createDirectory(directory.resolve("empty"));
        get(files.delete(empty));
        assertThat(empty).doesNotExist();
    }

    @Test
    void createDirectoryMakesOneAndNoParents() throws IOException {
        Path made = directory.resolve("made");
        get(
                files.createDirectory(
                        made,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------"))));
        assertThat(made).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(failure(files.createDirectory(made)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(failure(files.createDirectory(directory.resolve("x/y"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void syncDirectoryTakesDirectoriesOnly() throws IOException {
        get(files.syncDirectory(directory));
        assertThat(failure(files.syncDirectory(file("file"))))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void copyCopies() throws IOException {
        Path from = file("from");
        Path to = directory.resolve("to");
        get(files.copy(from, to));
        assertThat(to).hasSameBinaryContentAs(from);
        assertThat(failure(files.copy(from, to))).isInstanceOf(FileAlreadyExistsException.class);
        get(files.copy(from, to, StandardCopyOption.REPLACE_EXISTING));
    }

    @Test
    void everyPromiseFormCompletesTheVeryPromiseOnTheLoop() throws Exception {
        Path file = file("file");
        Path other = directory.resolve("other");
        check((Promise<List<Path>> promise) -> files.list(directory, promise));
        check((Promise<AioFileAttributes> promise) -> files.attributes(file, promise));
        check((Promise<Path> promise) -> files.realPath(file, promise));
        CopyOption[] none = {};
        check((Promise<Void> promise) -> files.copy(file, other, none, promise));
        check((Promise<Void> promise) -> files.delete(other, promise));
        check((Promise<Void> promise) -> files.move(file, other, none, promise));
        Path made = directory.resolve("made");
        check((Promise<Void> promise) -> files.createDirectory(made, promise));
        check((Promise<Void> promise) -> files.syncDirectory(directory, promise));
        List<Path> entries = get(files.list(directory));
        assertThat(entries).containsExactly(made, other);
    }

    /** A form that takes a promise. */
    private interface Form<T> {
        Future<T> start(Promise<T> promise);
    }

    private <T> void check(Form<T> form) throws InterruptedException {
        Promise<T> promise = loop.newPromise();
        AtomicBoolean onLoop = new AtomicBoolean();
        CountDownLatch listened = new CountDownLatch(1);
        promise.addListener(
                f -> {
                    onLoop.set(loop.inEventLoop());
                    listened.countDown();
                });
        assertThat((Object) form.start(promise)).isSameAs(promise);
        get(promise);
        assertThat(listened.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(onLoop).isTrue();
    }

    @Test
    void badArgumentsThrowAtOnce() {
        assertThatThrownBy(() -> AioFiles.of(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> files.list(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> files.list(directory, null))
                .isInstanceOf(NullPointerException.class);
    }
}
