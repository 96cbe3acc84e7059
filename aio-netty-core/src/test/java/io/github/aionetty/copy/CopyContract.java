// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFiles;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

/** Two directories, a loop, and that no test leaves a temporary file behind. */
@Timeout(120)
abstract class CopyContract {
    static final int MIB = 1 << 20;

    @Parameter Between between;

    TestLoops loops;
    EventLoop loop;
    AioFiles files;
    Path from;
    Path to;

    @BeforeEach
    void begin() throws IOException {
        from = Files.createTempDirectory(FileSystemsUnderTest.directory(between.from()), "from");
        to = Files.createTempDirectory(FileSystemsUnderTest.directory(between.to()), "to");
        loops = between.loops();
        loop = loops.next();
        files = AioFiles.of(loop);
    }

    @AfterEach
    void end() throws Exception {
        AioContext.of(loop).close().sync();
        loops.close();
        assertThat(names(to)).noneMatch(name -> name.startsWith(".aio-netty"));
        for (Path directory : new Path[] {from, to}) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /** A file of so many bytes of the pattern. */
    Path source(int size) throws IOException {
        return Files.write(from.resolve("source"), Pattern.bytes(0, size));
    }

    /** Writes so many bytes of the pattern somewhere into a file. */
    static void write(Path file, long position, int length) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(Pattern.bytes(position, length));
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
        }
    }

    /** Sets the size. */
    static void size(Path file, long size) throws IOException {
        Commands.run("truncate", "-s", Long.toString(size), file.toString());
    }

    /** What a file takes of its disk, in bytes. */
    static long space(Path file) throws IOException {
        return 512 * Long.parseLong(Commands.run("stat", "-c", "%b", file.toString()));
    }
}
