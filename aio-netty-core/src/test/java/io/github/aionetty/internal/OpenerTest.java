// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies and streams go past the page cache where the file system allows it. */
@Timeout(60)
class OpenerTest {
    private static final byte[] CONTENT = Pattern.bytes(0, 10 << 20);

    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private final List<String> opens = new CopyOnWriteArrayList<>();
    private Path directory;
    private Path source;
    private Path target;

    @BeforeEach
    void create() throws IOException {
        directory = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "opener");
        FileSystemsUnderTest.requireDirect(directory);
        source = Files.write(directory.resolve("source"), CONTENT);
        target = directory.resolve("target");
    }

    @AfterEach
    void delete() throws IOException {
        loops.close();
        for (String name : names()) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /** A kernel that answers so to direct opens, unless it is 0, and has made the file by then. */
    private Syscalls refusing(int errno) {
        Syscalls kernel = LibAio.instance();
        return Intercepted.kernel(
                (call, arguments) -> {
                    if (!call.equals("open")) {
                        return null;
                    }
                    int flags = (int) arguments[1];
                    boolean direct = (flags & OpenFlags.O_DIRECT) != 0;
                    opens.add(direct ? "direct" : "buffered");
                    if (!direct || errno == 0) {
                        return null;
                    }
                    int rest = flags & ~OpenFlags.O_DIRECT;
                    int fd = kernel.open((byte[]) arguments[0], rest, (int) arguments[2]);
                    assertThat(fd).isNotNegative();
                    kernel.close(fd);
                    return -errno;
                });
    }

    private Future<?> fill(EventLoop loop, String how, Syscalls sys) {
        ((DefaultBuilder) AioContext.builder(loop)).syscalls(sys).engine(AioEngine.KERNEL).build();
        if (how.equals("copy")) {
            return AioFiles.of(loop).copy(source, target);
        }
        AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
        writer.write(Unpooled.wrappedBuffer(CONTENT));
        return writer.finish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "stream"})
    void whereItIsAllowedEachFileIsOpenedOnce(String how) throws IOException {
        get(fill(loop, how, refusing(0)));
        assertThat(opens.subList(0, how.equals("copy") ? 2 : 1)).containsOnly("direct");
        assertThat(opens.stream().filter("direct"::equals)).hasSize(how.equals("copy") ? 2 : 1);
        assertSame(target, source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "stream"})
    void whereItIsRefusedTheyGoThroughThePageCache(String how) throws IOException {
        for (int errno : new int[] {Errno.EINVAL, Errno.EOPNOTSUPP}) {
            opens.clear();
            try (TestLoops own = TestLoops.epoll(1)) {
                get(fill(own.next(), how, refusing(errno)));
            }
            assertThat(opens).contains("direct", "buffered");
            assertSame(target, source);
            assertThat(names()).containsExactly("source", "target");
            Files.delete(target);
        }
    }

    @Test
    void anotherErrorIsToldAndNotTakenForARefusal() throws IOException {
        assertThat(failure(fill(loop, "copy", refusing(Errno.EMFILE))))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EMFILE");
        assertThat(opens).containsExactly("direct");
        assertThat(names()).containsExactly("source");
    }
}
