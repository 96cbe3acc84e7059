// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.BoundedLoops;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loops whose queue of tasks has a bound, and is full when it matters. */
@Timeout(60)
class BoundedLoopTest {
    private final BoundedLoops loops = new BoundedLoops();
    private final EventLoop loop = loops.next();
    private Path path;

    @BeforeEach
    void make(@TempDir Path directory) throws IOException {
        path = Files.write(directory.resolve("file"), new byte[65_536]);
    }

    @AfterEach
    void close() {
        loops.close();
    }

    private AioContext context(Syscalls syscalls) {
        return ((DefaultBuilder) AioContext.builder(loop)).syscalls(syscalls).build();
    }

    @Test
    void aContextClosedByItsLastCompletionLeavesTheDestroyedRingAlone() {
        FakeKernel kernel = new FakeKernel();
        CountDownLatch destroyed = new CountDownLatch(1);
        AtomicInteger usesAfterwards = new AtomicInteger();
        AioContext context =
                context(
                        Intercepted.over(
                                kernel.syscalls(),
                                (call, arguments) -> {
                                    if (call.equals("ioDestroy")) {
                                        destroyed.countDown();
                                    } else if (call.startsWith("io") && destroyed.getCount() == 0) {
                                        usesAfterwards.incrementAndGet();
                                    }
                                    return null;
                                }));
        AioFile file = get(context.open(path));
        kernel.hold();
        // As many as one turn hands out: another turn is due when the last one is taken.
        int reads = 64;
        List<Future<Void>> closed = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        TestLoops.run(
                loop,
                () -> {
                    for (int i = 0; i < reads; i++) {
                        file.read(0, 512)
                                .addListener(
                                        (Future<ByteBuf> read) -> {
                                            read.getNow().release();
                                            if (done.incrementAndGet() == reads) {
                                                loop.execute(() -> Intercepted.hang(destroyed));
                                                BoundedLoops.fill(loop);
                                            }
                                        });
                    }
                    closed.add(context.close());
                });
        loop.execute(() -> kernel.release(false));
        get(closed.get(0));
        TestLoops.run(loop, () -> {});
        TestLoops.run(loop, () -> {});
        assertThat(done.get()).isEqualTo(reads);
        assertThat(usesAfterwards.get()).as("calls for the destroyed context").isZero();
    }

    @Test
    void whatHelpersFinishWhileTheQueueIsFullArrivesLater() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        AioContext context =
                context(
                        Intercepted.kernel(
                                (call, arguments) -> {
                                    if (!call.equals("ftruncate")) {
                                        return null;
                                    }
                                    called.countDown();
                                    return Intercepted.hang(go);
                                }));
        AioFile file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        Future<Void> truncated = file.truncate(100);
        Intercepted.hang(called);
        CountDownLatch loopGoes = BoundedLoops.fillAndHold(loop);
        go.countDown();
        // The helper comes back to a full queue.
        Thread.sleep(100);
        loopGoes.countDown();
        get(truncated);
        assertThat(get(file.size())).isEqualTo(100);
        get(file.close());
    }

    @Test
    void workIsRejectedWhileTheQueueIsFullAndClosingIsNot() {
        AioContext context = context(LibAio.instance());
        AioFile file = get(context.open(path));
        CountDownLatch go = BoundedLoops.fillAndHold(loop);
        Future<ByteBuf> read = file.read(0, 10);
        Future<Long> size = file.size();
        Future<Void> fileClosed = file.close();
        Future<Void> contextClosed = context.close();
        go.countDown();
        assertThat(failure(read)).isInstanceOf(RejectedExecutionException.class);
        assertThat(failure(size)).isInstanceOf(RejectedExecutionException.class);
        get(fileClosed);
        get(contextClosed);
    }

    @Test
    void nothingIsTakenAfterACloseThatWaitsForRoomInTheQueue() {
        AioContext context = context(LibAio.instance());
        AioFile file = get(context.open(path));
        CountDownLatch go = BoundedLoops.fillAndHold(loop);
        Future<Void> closed = file.close();
        assertThat(failure(file.read(0, 10))).isInstanceOf(AioClosedException.class);
        assertThat(failure(file.size())).isInstanceOf(AioClosedException.class);
        go.countDown();
        get(closed);
        get(context.close());
    }

    @Test
    void aContextMadeWhileTheQueueIsFullServesReadsLater() throws Exception {
        CountDownLatch go = BoundedLoops.fillAndHold(loop);
        AioContext context;
        try {
            context = AioContext.of(loop);
        } finally {
            go.countDown();
        }
        Awaitility.await().until(() -> ((SingleThreadEventExecutor) loop).pendingTasks() == 0);
        AioFile file = get(context.open(path));
        Future<ByteBuf> read = file.read(0, 10);
        assertThat(read.await(5, TimeUnit.SECONDS)).as("read completed").isTrue();
        get(read).release();
        get(file.close());
    }
}
