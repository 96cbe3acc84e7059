// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Direct writes of which the kernel takes less than a block. */
@Timeout(30)
class ShortDirectWriteTest {
    private static final byte[] CONTENT = Pattern.bytes(0, 8192);

    private final FakeKernel kernel = new FakeKernel();
    private final TestLoops loops = TestLoops.epoll(1);
    private AioContext context;
    private AioFile file;
    private Path path;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        path = directory.resolve("file");
        context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(
                                Intercepted.over(
                                        kernel.syscalls(),
                                        (call, arguments) ->
                                                call.equals("open")
                                                        ? openBuffered(arguments)
                                                        : null))
                        .build();
        file =
                get(
                        context.open(
                                path,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                AioOpenOption.DIRECT));
    }

    /** So that less than a block can be written where the kernel is played to have done so. */
    private static Object openBuffered(Object[] arguments) {
        int flags = (int) arguments[1] & ~OpenFlags.O_DIRECT;
        return LibAio.instance().open((byte[]) arguments[0], flags, (int) arguments[2]);
    }

    @AfterEach
    void close() {
        get(file.close());
        loops.close();
    }

    private ByteBuf source() {
        return context.alloc().directBuffer(CONTENT.length).writeBytes(CONTENT);
    }

    @Test
    void theSecondAnswerTellsWhy() {
        kernel.answerTransfers(100, -Errno.ENOSPC);
        ByteBuf src = source();
        assertThat(failure(file.write(src, 0)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("write failed: ENOSPC");
        assertThat(src.refCnt()).isZero();
        assertThat(kernel.accepted())
                .extracting(FakeKernel.Submitted::offset)
                .containsExactly(0L, 0L);
    }

    @Test
    void whatWasOnlyInterruptedIsWrittenInTheEnd() throws IOException {
        kernel.answerTransfers(100, 4096, 1, 4096);
        assertThat(get(file.write(source(), 0))).isEqualTo(CONTENT.length);
        assertThat(Files.readAllBytes(path)).isEqualTo(CONTENT);
    }

    @Test
    void nothingTwiceIsAnError() {
        for (int run = 0; run < 2; run++) {
            kernel.answerTransfers(100, 100);
            assertThat(failure(file.write(source(), 0))).hasMessageContaining("EIO");
        }
        assertThat(kernel.accepted()).hasSize(4);
    }
}
