// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static io.github.aionetty.support.Futures.get;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.Subject;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * XFS reserves space behind the end of a file that grows through the page cache, and an allocation
 * leaves some of it there. Direct reads that reach behind the end then fail with EIO.
 */
@Timeout(60)
class ReservedSpaceTest {
    private static final int APPENDS = 100;
    private static final int LENGTH = 5000;
    private static final int ALLOCATED = 700_000;
    private static final int CHUNK = 128 * 1024;

    static List<Subject> subjects() {
        return Subject.all().stream().filter(Subject::direct).toList();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void directReadsReachBehindTheEndOfAFileThatWasAppendedToAndAllocated(Subject subject)
            throws Exception {
        Path path = Files.createTempFile(subject.directory(), "reserved", "");
        try (TestLoops loops = subject.loops(1)) {
            AioContext context = subject.context(loops.next());
            AioFile file = get(context.open(path, subject.options(READ, WRITE)));
            for (int i = 0; i < APPENDS; i++) {
                int at = i * LENGTH;
                get(file.write(Unpooled.wrappedBuffer(Pattern.bytes(at, LENGTH)), at));
            }
            int written = APPENDS * LENGTH;
            get(file.allocate(written + CHUNK, ALLOCATED - written - CHUNK));
            byte[] content = new byte[ALLOCATED];
            System.arraycopy(Pattern.bytes(0, written), 0, content, 0, written);
            int at = 0;
            for (; at < ALLOCATED; at += CHUNK) {
                ByteBuf chunk = get(file.read(at, CHUNK));
                Pattern.check(chunk, content, at, Math.min(CHUNK, ALLOCATED - at));
                chunk.release();
            }
            ByteBuf dst = Unpooled.directBuffer(CHUNK, CHUNK);
            assertThat(get(file.read(dst, ALLOCATED - 1000))).isEqualTo(1000);
            Pattern.check(dst, content, ALLOCATED - 1000, 1000);
            dst.release();
            get(file.close());
        } finally {
            Files.delete(path);
        }
    }
}
