// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A file to copy, and another in its way, over system calls that fail. */
abstract class CopyFaultFixture {
    static final int SIZE = 10 << 20;

    final FailNth faults = new FailNth();
    final TestLoops loops = TestLoops.epoll(1);
    Path directory;
    Path source;
    Path target;

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

    List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    AioFiles files(Syscalls sys) {
        return files(loops, sys);
    }

    static AioFiles files(TestLoops loops, Syscalls sys) {
        EventLoop loop = loops.next();
        ((DefaultBuilder) AioContext.builder(loop)).syscalls(sys).engine(AioEngine.KERNEL).build();
        return AioFiles.of(loop);
    }

    Future<Void> copy(AioFiles files) {
        return files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }

    static void run(String... command) {
        try {
            Commands.run(command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
