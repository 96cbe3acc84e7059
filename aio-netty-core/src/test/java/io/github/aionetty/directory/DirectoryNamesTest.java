// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.directory;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.github.aionetty.internal.DirectoryAccess;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which names lead where. */
@ParameterizedClass
@MethodSource("all")
class DirectoryNamesTest extends DirectoryContract {

    @Test
    void namesAreThoseBeneathIt() {
        assertThat(read("file")).isEqualTo("inside");
        assertThat(read("sub/file")).isEqualTo("below");
        assertThat(read("sub/../file")).isEqualTo("inside");
        assertThat(read("./sub/./deeper/../../file")).isEqualTo("inside");
        assertThat(get(directory.list())).containsExactly(Path.of("file"), Path.of("sub"));
        assertThat(directory.path()).isEqualTo(inside);
        assertThat(directory.isRaceFree()).isEqualTo(subject.access() == DirectoryAccess.OPENAT2);
        AioFile file = get(directory.open(Path.of("sub/file")));
        assertThat(file.path()).isEqualTo(inside.resolve("sub/file"));
        assertThat(file.context().eventLoop()).isSameAs(directory.eventLoop());
        get(file.close());
    }

    @Test
    void linksAreFollowedWhileTheyStayBeneath() throws IOException {
        link("sub/up", "../file");
        link("whole", "sub");
        link("chain", "whole/up");
        link("here", "sub/..");
        assertThat(read("sub/up")).isEqualTo("inside");
        assertThat(read("whole/file")).isEqualTo("below");
        assertThat(read("chain")).isEqualTo("inside");
        assertThat(read("here/file")).isEqualTo("inside");
        assertThat(get(directory.attributes(Path.of("chain"))).size()).isEqualTo(6);
        AioDirectory sub = get(directory.openDirectory(Path.of("whole")));
        assertThat(get(sub.list())).contains(Path.of("file"), Path.of("deeper"), Path.of("up"));
        assertThat(sub.path()).isEqualTo(inside.resolve("whole"));
        // For it, that is outside.
        checkLeaves(sub.open(Path.of("up")), "up");
        get(sub.close());
    }

    @Test
    void whatLeadsOutFails() throws IOException {
        link("relative", "../outside/file");
        link("absolute", outside.resolve("file").toString());
        link("back", inside.resolve("file").toString());
        link("around", "../inside/file");
        link("above", "..");
        link("sub/far", "../../outside");
        link("chain", "sub/far/file");
        List<String> names =
                List.of(
                        "..",
                        "../outside/file",
                        "../inside/file",
                        "sub/../../outside/file",
                        "relative",
                        "absolute",
                        "back",
                        "around",
                        "above/outside/file",
                        "sub/far/file",
                        "chain");
        for (String each : names) {
            Path name = Path.of(each);
            checkLeaves(directory.open(name), each);
            checkLeaves(directory.attributes(name), each);
            checkLeaves(onLoop(directory, name), each);
            checkLeaves(directory.openDirectory(name), each);
            checkLeaves(directory.open(name, StandardOpenOption.WRITE), each);
            checkLeaves(
                    directory.open(name, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    each);
        }
        assertThat(outside).isDirectoryContaining(path -> path.endsWith("file"));
        assertThat(outside.resolve("file")).hasContent("outside");
    }

    private static Future<AioFileAttributes> onLoop(AioDirectory directory, Path name) {
        return get(directory.eventLoop().submit(() -> directory.attributes(name)));
    }

    @Test
    void nothingIsCreatedThroughALinkThatLeadsOut() throws IOException {
        link("dangling", "../outside/new");
        link("beneath", "sub/new");
        OpenOption[] create = {StandardOpenOption.CREATE, StandardOpenOption.WRITE};
        checkLeaves(directory.open(Path.of("dangling"), create), "dangling");
        assertThat(outside.resolve("new")).doesNotExist();
        get(get(directory.open(Path.of("beneath"), create)).close());
        assertThat(inside.resolve("sub/new")).isEmptyFile();
    }

    @Test
    void withoutFollowingALinkIsALink() throws IOException {
        link("link", "file");
        link("out", "../outside/file");
        link("whole", "sub");
        for (String each : List.of("link", "out", "whole")) {
            assertThat(failure(directory.open(Path.of(each), LinkOption.NOFOLLOW_LINKS)))
                    .isInstanceOf(AioException.class)
                    .hasMessageContainingAll(each, "ELOOP");
            Future<AioFileAttributes> of =
                    directory.attributes(Path.of(each), LinkOption.NOFOLLOW_LINKS);
            assertThat(get(of).kind()).isEqualTo(AioFileAttributes.Kind.SYMBOLIC_LINK);
        }
        // The last name alone, as the JDK has it.
        assertThat(read("whole/file", LinkOption.NOFOLLOW_LINKS)).isEqualTo("below");
    }

    @Test
    void attributesAreThoseOfTheFile() throws Exception {
        Path fifo = inside.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        link("link", "sub/file");
        for (String each : List.of("", "file", "sub", "link", "fifo", "sub/file")) {
            Path name = Path.of(each);
            Path whole = inside.resolve(each);
            AioFileAttributes expected = get(files.attributes(whole));
            assertThat(get(directory.attributes(name))).as(each).isEqualTo(expected);
            assertThat(get(onLoop(directory, name))).as(each).isEqualTo(expected);
            assertThat(get(directory.attributes(name, LinkOption.NOFOLLOW_LINKS)))
                    .isEqualTo(get(files.attributes(whole, LinkOption.NOFOLLOW_LINKS)));
        }
        assertThat(failure(directory.open(Path.of("fifo"))))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("FIFO");
    }

    @Test
    void whatIsMissingIsNamed() {
        for (String each : List.of("missing", "missing/below", "sub/missing")) {
            Path name = Path.of(each);
            for (Future<?> future :
                    List.of(
                            directory.open(name),
                            directory.attributes(name),
                            onLoop(directory, name),
                            onLoop(directory, name),
                            directory.openDirectory(name))) {
                assertThat(failure(future))
                        .isInstanceOf(NoSuchFileException.class)
                        .hasMessageContaining(each);
            }
        }
        assertThat(failure(directory.openDirectory(Path.of("file"))))
                .isInstanceOf(NotDirectoryException.class);
        assertThat(failure(files.openDirectory(inside.resolve("file"))))
                .isInstanceOf(NotDirectoryException.class);
        assertThat(failure(files.openDirectory(inside.resolve("missing"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theEmptyPathIsTheDirectoryItself() throws IOException {
        Path empty = Path.of("");
        assertThat(failure(directory.open(empty)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EISDIR");
        AioDirectory same = get(directory.openDirectory(empty));
        assertThat(get(same.list())).isEqualTo(get(directory.list()));
        get(same.close());
        assertThat(get(directory.attributes(empty)).inode())
                .isEqualTo(Files.getAttribute(inside, "unix:ino"));
    }

    @Test
    void absoluteAndForeignPathsAreRefusedAtOnce() throws IOException {
        Path absolute = inside.resolve("file");
        assertThatThrownBy(() -> directory.open(absolute))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(absolute.toString(), "relative");
        assertThatThrownBy(() -> directory.attributes(absolute))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directory.openDirectory(absolute))
                .isInstanceOf(IllegalArgumentException.class);
        URI zip = URI.create("jar:" + inside.resolve("a.zip").toUri());
        try (FileSystem foreign = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path name = foreign.getPath("file");
            assertThatThrownBy(() -> directory.open(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("provider");
            assertThatThrownBy(() -> directory.attributes(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> directory.open(Path.of("file"), StandardOpenOption.APPEND))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longNamesAndNamesThatAreNoTextAreFound() throws Exception {
        String longest = "n".repeat(255);
        Files.writeString(inside.resolve(longest), "long");
        Process shell =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "printf odd > \"$(printf 'a\\377\\200 b%%z\\351')\"; printf text >"
                                        + " \"$(printf '\\303\\274 \\342\\202\\254')\"")
                        .directory(inside.toFile())
                        .inheritIO()
                        .start();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        List<Path> names = get(directory.list());
        assertThat(names).hasSize(5).contains(Path.of(longest));
        for (Path name : names) {
            if (!name.equals(Path.of("sub"))) {
                assertThat(read(directory.open(name))).isIn("long", "odd", "text", "inside");
                assertThat(get(onLoop(directory, name)).isRegularFile()).isTrue();
                assertThat(get(directory.attributes(name)).isRegularFile()).isTrue();
            }
        }
        assertThat(failure(directory.open(Path.of(longest + "n"))))
                .hasMessageContaining("ENAMETOOLONG");
        assertThat(failure(directory.open(Path.of("sub", "x/".repeat(2100)))))
                .hasMessageContaining("ENAMETOOLONG");
    }

    @Test
    void filesAreCreatedWithTheirPermissions() throws IOException {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-r-----");
        Path name = Path.of("sub/new");
        AioFile file =
                get(directory.open(name, Set.of(NEW), PosixFilePermissions.asFileAttribute(mode)));
        get(file.write(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}), 0));
        get(file.close());
        assertThat(inside.resolve(name)).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(Files.getPosixFilePermissions(inside.resolve(name))).isEqualTo(mode);
        assertThat(failure(directory.open(name, NEW)))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class)
                .hasMessageContaining("new");
        assertThatThrownBy(
                        () ->
                                directory.open(
                                        name, Set.of(NEW), new FileAttribute<?>[] {new Owner()}))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static final class Owner implements FileAttribute<String> {
        @Override
        public String name() {
            return "posix:owner";
        }

        @Override
        public String value() {
            return "root";
        }
    }

    @Test
    void whatIsDeletedOnCloseHasNoNameAnyMore() throws IOException {
        Path name = Path.of("sub/passing");
        OpenOption[] options = {
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE
        };
        AioFile file = get(directory.open(name, options));
        get(file.write(Unpooled.wrappedBuffer(new byte[] {1}), 0));
        assertThat(inside.resolve(name)).doesNotExist();
        assertThat(get(file.size())).isEqualTo(1);
        get(file.close());
    }

    @Test
    void otherCallsReachItsEntriesByItsDescriptor() {
        AioFiles plain = AioFiles.of(directory.eventLoop());
        Path here = directory.descriptorPath();
        get(plain.createDirectory(here.resolve("made")));
        get(plain.move(here.resolve("file"), here.resolve("made/moved")));
        get(plain.copy(here.resolve("sub/file"), here.resolve("copy")));
        get(plain.syncDirectory(here));
        assertThat(get(plain.list(here.resolve("made")))).hasSize(1);
        assertThat(inside.resolve("made/moved")).hasContent("inside");
        assertThat(inside.resolve("copy")).hasContent("below");
        get(plain.delete(here.resolve("copy")));
        assertThat(inside.resolve("copy")).doesNotExist();
    }
}
