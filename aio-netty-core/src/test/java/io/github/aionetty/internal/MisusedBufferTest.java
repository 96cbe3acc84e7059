// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that release a buffer too early learn it, and nobody else does. */
@Timeout(60)
class MisusedBufferTest {
    private static final byte[] CONTENT = Pattern.bytes(0, 65_536);

    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private AioContext context;
    private Path path;

    @BeforeEach
    void make() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "misused", "");
        Files.write(path, CONTENT);
        context = AioContext.of(loop);
    }

    @AfterEach
    void close() throws IOException {
        loops.close();
        Files.delete(path);
    }

    private AioFile open(boolean direct) {
        Set<OpenOption> options =
                direct
                        ? Set.of(
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                AioOpenOption.DIRECT)
                        : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        return get(context.open(path, options));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWriteOfAReleasedBufferFailsAndHoldsNothingUp(boolean direct) {
        AioFile file = open(direct);
        ByteBuf released = PooledByteBufAllocator.DEFAULT.directBuffer(100).writeZero(100);
        released.release();
        assertThat(failure(file.write(released, 10)))
                .isInstanceOf(IllegalReferenceCountException.class);
        get(file.truncate(20));
        assertThat(get(file.write(Unpooled.directBuffer().writeZero(10), 20))).isEqualTo(10);
        assertThat(get(file.size())).isEqualTo(30);
        get(file.close());
        get(context.close());
    }

    @Test
    void aReadIntoAReleasedBufferFailsAndWritesIntoNoOtherBuffer() {
        AioFile file = open(false);
        ByteBuf other = PooledByteBufAllocator.DEFAULT.directBuffer(4096, 4096);
        get(file.read(other, 0));
        other.setZero(0, 4096);
        CountDownLatch go = new CountDownLatch(1);
        loop.execute(() -> Intercepted.hang(go));
        ByteBuf released = PooledByteBufAllocator.DEFAULT.directBuffer(4096, 4096);
        Future<Integer> read = file.read(released, 4096);
        // Once for the caller's reference and once for the operation's.
        released.release(2);
        go.countDown();
        assertThat(failure(read)).isInstanceOf(IllegalReferenceCountException.class);
        for (int i = 0; i < 10; i++) {
            ByteBuf next = get(file.read(i * 100, 100));
            Pattern.check(next, CONTENT, i * 100, 100);
            next.release();
        }
        byte[] bytes = new byte[4096];
        other.getBytes(0, bytes);
        assertThat(bytes).containsOnly(0);
        other.release();
        get(file.close());
        get(context.close());
    }
}
