// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are allowed, or refused, though hardly anybody makes them. */
@Timeout(30)
class UnusualUseTest {
    private final TestLoops loops = TestLoops.epoll(1);
    private final AioContext context = AioContext.of(loops.next());
    private Path path;

    @BeforeEach
    void make() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "unusual", "");
        Files.write(path, new byte[10_000]);
    }

    @AfterEach
    void close() throws IOException {
        loops.close();
        Files.delete(path);
    }

    @Test
    void aNullPromiseIsRefusedAndLeavesTheContextAsItWas() {
        assertThatNullPointerException()
                .isThrownBy(
                        () ->
                                context.open(
                                        path,
                                        Set.of(StandardOpenOption.READ),
                                        new FileAttribute<?>[0],
                                        null))
                .withMessageContaining("promise");
        assertThatNullPointerException()
                .isThrownBy(() -> context.close(null))
                .withMessageContaining("promise");
        assertThat(context.isOpen()).isTrue();
        AioFile file = get(context.open(path));
        get(file.close());
        get(context.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsFarBeyondAnyFileMeetItsEnd(boolean direct) {
        OpenOption[] options =
                direct
                        ? new OpenOption[] {StandardOpenOption.READ, AioOpenOption.DIRECT}
                        : new OpenOption[] {StandardOpenOption.READ};
        AioFile file = get(context.open(path, options));
        for (long position : new long[] {Long.MAX_VALUE - 10, Long.MAX_VALUE - 5000}) {
            ByteBuf read = get(file.read(position, 5));
            assertThat(read.readableBytes()).isZero();
            read.release();
            for (ByteBuf dst : new ByteBuf[] {Unpooled.buffer(5), Unpooled.directBuffer(5)}) {
                assertThat(get(file.read(dst, position))).isEqualTo(-1);
                assertThat(dst.writerIndex()).isZero();
                dst.release();
            }
        }
        get(file.close());
    }

    @Test
    void anEmbeddedLoopIsRefusedAndToldWhatToUse() {
        EmbeddedChannel channel = new EmbeddedChannel();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> AioContext.of(channel.eventLoop()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("EmbeddedEventLoop")
                    .hasMessageContaining("EventLoopGroup");
        }
        channel.close();
    }
}
