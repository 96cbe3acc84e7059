// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Handles for loops whose context closes, or that have ended. */
@Timeout(60)
class HandleElsewhereTest {
    private static final long RACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TestLoops loops = TestLoops.epoll(2);
    private final EventLoop home = loops.next();
    private final EventLoop other = loops.next();
    private AioFile file;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), new byte[1000]);
        file = get(AioContext.of(home).open(path));
    }

    @AfterEach
    void close() {
        get(file.close());
        loops.close();
    }

    @Test
    void aHandleThatCameTooLateForItsContextsEndCloses() {
        AioFile late = file.on(other);
        ((DefaultAioFile) late).closing().force();
        assertThat(late.isOpen()).isFalse();
        get(late.close());
        get(late.close());
    }

    @Test
    void handlesMadeWhileTheirContextClosesAllClose() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread closer =
                new Thread(
                        () -> {
                            while (!stop.get()) {
                                AioContext.of(other).close();
                                LockSupport.parkNanos(20_000);
                            }
                        });
        closer.start();
        List<Future<Void>> closes = new ArrayList<>();
        long end = System.nanoTime() + RACE_NANOS;
        try {
            while (System.nanoTime() < end) {
                closes.add(file.on(other).close());
                if (closes.size() % 1000 == 0) {
                    // For the loop to catch up.
                    get(closes.get(closes.size() - 1));
                }
            }
        } finally {
            stop.set(true);
            closer.join();
        }
        closes.forEach(close -> get(close));
    }

    @Test
    void aHandleForADeadLoopTakesPromisesThatAreDoneAlready() {
        EventLoop dead;
        try (TestLoops ended = TestLoops.epoll(1)) {
            dead = ended.next();
        }
        AioFile broken = file.on(dead);
        assertThatCode(
                        () -> {
                            broken.read(0, 10, cancelled());
                            broken.read(Unpooled.buffer(10), 0, cancelled());
                            broken.size(cancelled());
                            broken.attributes(cancelled());
                            broken.fsync(cancelled());
                            broken.truncate(1, cancelled());
                            broken.allocate(0, 1, cancelled());
                            broken.close(cancelled());
                        })
                .doesNotThrowAnyException();
        Promise<Long> size = ImmediateEventExecutor.INSTANCE.newPromise();
        assertThat(broken.size(size).cause()).isInstanceOf(IllegalStateException.class);
    }

    private static <T> Promise<T> cancelled() {
        Promise<T> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        promise.cancel(false);
        return promise;
    }
}
