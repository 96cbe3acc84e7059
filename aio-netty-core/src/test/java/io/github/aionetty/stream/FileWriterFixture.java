// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A loop, and files on which streams are tried. */
abstract class FileWriterFixture {
    static final byte[] OLD = "what was there".getBytes();

    final TestLoops loops = TestLoops.epoll(1);
    final EventLoop loop = loops.next();
    final List<Path> directories = new ArrayList<>();
    Path target;

    @BeforeEach
    void create() throws IOException {
        target = target(FileSystemsUnderTest.names().get(0));
    }

    Path target(String fileSystem) throws IOException {
        Path directory =
                Files.createTempDirectory(FileSystemsUnderTest.directory(fileSystem), "writer");
        directories.add(directory);
        return Files.write(directory.resolve("target"), OLD);
    }

    @AfterEach
    void delete() throws IOException {
        loops.close();
        for (Path directory : directories) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    static void checkAlone(Path file) throws IOException {
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }

    void checkOld() throws IOException {
        assertThat(target).hasBinaryContent(OLD);
        checkAlone(target);
    }

    static void write(AioFileWriter writer, byte[] content, int most, Random random) {
        for (int from = 0; from < content.length; ) {
            int length = Math.min(1 + random.nextInt(most), content.length - from);
            writer.write(Unpooled.copiedBuffer(content, from, length));
            from += length;
        }
    }
}
