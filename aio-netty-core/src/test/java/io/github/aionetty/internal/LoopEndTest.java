// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that lose their loop, or never had it. */
@Timeout(30)
class LoopEndTest {
    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private Path path;

    @BeforeEach
    void make(@TempDir Path directory) throws IOException {
        path = Files.write(directory.resolve("file"), new byte[1000]);
    }

    @AfterEach
    void close() {
        loops.close();
    }

    private AioContext context(Intercepted.Interceptor interceptor) {
        return ((DefaultBuilder) AioContext.builder(loop))
                .engine(AioEngine.KERNEL)
                .syscalls(Intercepted.kernel(interceptor))
                .build();
    }

    @Test
    void aCloseThatIsDoneAfterTheLoopsEndSucceeds() {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AioContext context =
                context(
                        (call, arguments) -> {
                            if (!call.equals("close")) {
                                return null;
                            }
                            closing.countDown();
                            return Intercepted.hang(go);
                        });
        AioFile file = get(context.open(path));
        Future<Void> closed = file.close();
        Intercepted.hang(closing);
        get(loop.parent().shutdownGracefully(0, 10, TimeUnit.SECONDS));
        assertThat(closed.isDone()).isFalse();
        go.countDown();
        get(closed);
    }

    @Test
    void aFileClosedAfterTheLoopsEndWaitsForWhatIsInFlight() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loop))
                        .engine(AioEngine.THREAD_POOL)
                        .syscalls(
                                Intercepted.kernel(
                                        (call, arguments) -> {
                                            if (!call.equals("pread")) {
                                                return null;
                                            }
                                            reading.countDown();
                                            return Intercepted.hang(go);
                                        }))
                        .build();
        AioFile file = get(context.open(path));
        Future<ByteBuf> read = file.read(0, 10);
        Intercepted.hang(reading);
        get(loop.parent().shutdownGracefully(0, 10, TimeUnit.SECONDS));
        Future<Void> closed = file.close();
        assertThat(closed.await(200, TimeUnit.MILLISECONDS)).as("closed").isFalse();
        go.countDown();
        get(closed);
        assertThat(read.isDone()).isTrue();
        if (read.isSuccess()) {
            read.getNow().release();
        }
    }

    @Test
    void aRegistrationThatFailsIsReported() {
        IllegalStateException refused = new IllegalStateException("expected by the test");
        IoRegistration registration =
                new IoRegistration() {
                    @Override
                    public <T> T attachment() {
                        return null;
                    }

                    @Override
                    public long submit(IoOps ops) {
                        throw refused;
                    }

                    @Override
                    public boolean isValid() {
                        return true;
                    }

                    @Override
                    public boolean cancel() {
                        return true;
                    }
                };
        assertThat(new EventFdHandle(0, null, () -> {}).arm(loop, registration)).isSameAs(refused);
    }

    /** Epoll takes no descriptor of a regular file: EPERM. */
    @Test
    void aContextThatEpollRefusesEndsAndTheNextOneWorks() {
        byte[] name = PathBytes.of(path);
        try (Logs logs = Logs.of(ContextRegistry.class)) {
            AioContext refused =
                    context(
                            (call, arguments) ->
                                    call.equals("eventFd")
                                            ? LibAio.instance().open(name, OpenFlags.O_CLOEXEC, 0)
                                            : null);
            Awaitility.await().until(() -> !refused.isOpen());
            assertThat(failure(refused.open(path))).isInstanceOf(AioClosedException.class);
            get(refused.close());
            assertThat(logs.messages()).hasSize(1);
        }
        AioFile file = get(AioContext.of(loop).open(path));
        get(file.read(0, 100)).release();
        get(file.close());
    }
}
