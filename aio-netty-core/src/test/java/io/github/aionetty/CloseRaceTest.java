// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Subject;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files, and then contexts, closed by one thread while others use them: every future completes,
 * with its result or with {@link AioClosedException}, and every buffer is given back.
 */
@Timeout(120)
class CloseRaceTest {
    private static final int ROUNDS = 60;
    private static final int THREADS = 3;

    private Path path;

    @BeforeEach
    void create() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "race", "");
        Files.write(path, new byte[100_000]);
    }

    @AfterEach
    void delete() throws IOException {
        Files.delete(path);
    }

    /** What one thread started. */
    private static final class Started {
        final List<Future<?>> futures = new ArrayList<>();
        final List<ByteBuf> sources = new ArrayList<>();
        final List<ByteBuf> targets = new ArrayList<>();
    }

    private static Started use(AioFile file, int seed) {
        Started started = new Started();
        for (int i = 0; i < 40; i++) {
            long position = (seed * 7919L + i * 1013L) % 90_000;
            ByteBuf src = Unpooled.directBuffer(600).writeZero(600);
            ByteBuf dst = Unpooled.buffer(700, 700);
            started.sources.add(src);
            started.targets.add(dst);
            started.futures.add(file.read(position, 5000));
            started.futures.add(file.write(src, position));
            started.futures.add(file.read(dst, position));
            started.futures.add(i % 10 == 0 ? file.fsync() : file.size());
        }
        return started;
    }

    private static void check(Started started) {
        for (Future<?> future : started.futures) {
            assertThat(future.awaitUninterruptibly(30_000)).as("completed: " + future).isTrue();
            if (!future.isSuccess()) {
                assertThat(future.cause()).isInstanceOf(AioClosedException.class);
            } else if (future.getNow() instanceof ByteBuf read) {
                assertThat(read.release()).isTrue();
            }
        }
        for (ByteBuf src : started.sources) {
            assertThat(src.refCnt()).isZero();
        }
        for (ByteBuf dst : started.targets) {
            assertThat(dst.release()).isTrue();
        }
    }

    /** Uses the file from several threads, and closes meanwhile. */
    private static void race(AioFile file, Runnable close) throws InterruptedException {
        Queue<Started> all = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int seed = t;
            Thread thread =
                    new Thread(
                            () -> {
                                go.countDown();
                                all.add(use(file, seed));
                            });
            thread.start();
            threads.add(thread);
        }
        go.await();
        close.run();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(all).hasSize(THREADS);
        all.forEach(CloseRaceTest::check);
    }

    private static Subject subject(Subject.Way way) {
        List<String> names = FileSystemsUnderTest.names();
        // The temporary directory of a laptop may refuse direct I/O.
        return new Subject(names.get(0), names.size() > 1, way);
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsClosed(Subject.Way way) throws Exception {
        Subject subject = subject(way);
        try (TestLoops loops = subject.loops(1)) {
            AioContext context = subject.context(loops.next());
            for (int round = 0; round < ROUNDS; round++) {
                AioFile file =
                        get(
                                context.open(
                                        path,
                                        subject.options(
                                                StandardOpenOption.READ,
                                                StandardOpenOption.WRITE)));
                race(file, () -> get(file.close()));
            }
            assertThat(context.metrics().inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContextIsClosed(Subject.Way way) throws Exception {
        Subject subject = subject(way);
        try (TestLoops loops = subject.loops(1)) {
            EventLoop loop = loops.next();
            for (int round = 0; round < ROUNDS; round++) {
                AioContext context = subject.context(loop);
                AioFile file =
                        get(
                                context.open(
                                        path,
                                        subject.options(
                                                StandardOpenOption.READ,
                                                StandardOpenOption.WRITE)));
                race(file, () -> get(context.close()));
                assertThat(file.isOpen()).isFalse();
            }
        }
    }
}
