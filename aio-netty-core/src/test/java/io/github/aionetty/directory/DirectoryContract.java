// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.directory;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.internal.DirectoryAccess;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

/**
 * What an {@link AioDirectory} promises, on every file system and in every way of keeping names
 * beneath it. Each test has a tree: {@code inside} is the directory, beside it lies {@code
 * outside}.
 */
@Timeout(60)
abstract class DirectoryContract {
    static final OpenOption[] NEW = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};

    record Subject(String fileSystem, DirectoryAccess access) {}

    /** For {@code @MethodSource}. */
    static List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        for (String fileSystem : FileSystemsUnderTest.names()) {
            for (DirectoryAccess access : DirectoryAccess.values()) {
                all.add(new Subject(fileSystem, access));
            }
        }
        return all;
    }

    /** Those that have a descriptor of it. */
    static List<Subject> held() {
        return all().stream()
                .filter(subject -> subject.access != DirectoryAccess.WITHOUT_DESCRIPTOR)
                .toList();
    }

    @Parameter Subject subject;

    TestLoops loops;
    AioFiles files;
    AioDirectory directory;
    Path tree;
    Path inside;
    Path outside;

    @BeforeEach
    void begin() throws IOException {
        boolean kernel = subject.access != DirectoryAccess.OPENAT2 || DirectoryAccess.openat2();
        FileSystemsUnderTest.require(kernel, "openat2");
        Path root = FileSystemsUnderTest.directory(subject.fileSystem);
        tree = Files.createTempDirectory(root, "tree");
        inside = Files.createDirectories(tree.resolve("inside"));
        outside = Files.createDirectories(tree.resolve("outside"));
        Files.createDirectories(inside.resolve("sub/deeper"));
        Files.writeString(inside.resolve("file"), "inside");
        Files.writeString(inside.resolve("sub/file"), "below");
        Files.writeString(outside.resolve("file"), "outside");
        loops = TestLoops.epoll(2);
        files = subject.access.files(loops.next());
        directory = get(files.openDirectory(inside));
    }

    @AfterEach
    void end() throws IOException {
        if (directory != null) {
            get(directory.close());
        }
        if (loops != null) {
            loops.close();
        }
        if (tree != null) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    static String read(Future<AioFile> opened) {
        AioFile file = get(opened);
        ByteBuf bytes = get(file.read(0, 100));
        try {
            return bytes.toString(StandardCharsets.UTF_8);
        } finally {
            bytes.release();
            get(file.close());
        }
    }

    String read(String relative, OpenOption... options) {
        return read(directory.open(Path.of(relative), options));
    }

    void link(String name, String target) throws IOException {
        Files.createSymbolicLink(inside.resolve(name), Path.of(target));
    }

    static void checkLeaves(Future<?> future, String name) {
        Throwable failure = failure(future);
        assertThat(failure)
                .isInstanceOf(AioException.class)
                .hasMessageContainingAll(name, "EXDEV", "leads out of the directory");
        assertThat(((AioException) failure).errno()).isEqualTo(18);
    }
}
