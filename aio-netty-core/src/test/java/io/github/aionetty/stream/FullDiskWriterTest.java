// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.github.aionetty.trust.Disk;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that becomes full in the middle of a stream. */
@Timeout(120)
class FullDiskWriterTest {
    private static final long ROOM = 8L << 20;
    private static final int PIECE = 60_000;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void theErrorSaysSoAndTheOldFileIsIntact(String fileSystem) throws Exception {
        try (Disk disk = Disk.with(fileSystem);
                TestLoops loops = TestLoops.epoll(1)) {
            Path target = disk.directory().resolve("target");
            byte[] old = Pattern.bytes(0, 100_000, 1);
            Files.write(target, old);
            long free = Files.getFileStore(disk.directory()).getUsableSpace();
            Path ballast = disk.directory().resolve("ballast");
            Commands.run("fallocate", "-l", Long.toString(free - ROOM), ballast.toString());
            EventLoop loop = loops.next();
            AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
            for (int i = 0; !writer.future().isDone(); i++) {
                assertThat(i).isLessThan(100_000);
                writer.write(Unpooled.wrappedBuffer(Pattern.bytes((long) i * PIECE, PIECE)));
                Awaitility.await().until(writer::isWritable);
            }
            assertThat(failure(writer.future()))
                    .isInstanceOf(AioException.class)
                    .hasMessageContaining("free space on the file system");
            assertThat(((AioException) writer.future().cause()).errno()).isEqualTo(Errno.ENOSPC);
            assertThat(target).hasBinaryContent(old);
            try (Stream<Path> all = Files.list(disk.directory())) {
                assertThat(all).noneMatch(each -> each.toString().endsWith(".part"));
            }
            // With the room back it goes well.
            Files.delete(ballast);
            AioFileWriter again = AioFileWriter.replacing(loop, target).build();
            again.write(Unpooled.wrappedBuffer(Pattern.bytes(0, PIECE)));
            assertThat(get(again.finish())).isEqualTo(PIECE);
            assertThat(target).hasBinaryContent(Pattern.bytes(0, PIECE));
        }
    }
}
