// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Subject;
import io.github.aionetty.support.TestLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an {@link AioFile} promises, for every file system, direct and buffered, and for every way
 * of doing the I/O. The classes below it hold the tests; this one gives them a loop, its context
 * and a directory.
 */
@ParameterizedClass
@MethodSource("io.github.aionetty.support.Subject#all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class AioFileContract {
    static final OpenOption[] READ = {StandardOpenOption.READ};
    static final OpenOption[] READ_WRITE = {StandardOpenOption.READ, StandardOpenOption.WRITE};
    static final OpenOption[] CREATE = {
        StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE
    };

    @Parameter Subject subject;

    TestLoops loops;
    AioContext context;
    private Path directory;
    private int serial;

    @BeforeParameterizedClassInvocation
    void begin() throws IOException {
        if (subject.direct()) {
            FileSystemsUnderTest.requireDirect(subject.directory());
        }
        directory = Files.createTempDirectory(subject.directory(), "contract");
        loops = subject.loops(2);
        context = subject.context(loops.next());
    }

    @AfterParameterizedClassInvocation
    void end() throws IOException {
        if (loops != null) {
            loops.close();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    /** A name that no file has yet. */
    Path newPath() {
        return newPath("file");
    }

    Path newPath(String name) {
        return directory.resolve(name + serial++);
    }

    /** A new file with this content, by way of the JDK. */
    Path newFile(byte[] content) throws IOException {
        return Files.write(newPath(), content);
    }

    /** Opens a file as the subject wants it; what a test leaves open is closed with the context. */
    AioFile open(Path path, OpenOption... options) {
        return get(context.open(path, subject.options(options)));
    }

    AioFile open(Path path, List<OpenOption> options, FileAttribute<?>... attributes) {
        Set<OpenOption> all = Set.of(subject.options(options.toArray(new OpenOption[0])));
        return get(context.open(path, all, attributes));
    }
}
