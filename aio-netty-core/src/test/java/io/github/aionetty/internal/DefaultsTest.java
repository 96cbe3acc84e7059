// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds where nobody has set anything. */
@Timeout(60)
class DefaultsTest {
    private static final int CAPACITY = 256;
    private static final int MAX_PENDING = 16_384;

    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void aContextHas256SlotsAndTenSecondsOfPatience() {
        AioContext context = AioContext.of(loop);
        assertThat(context.metrics().capacity()).isEqualTo(CAPACITY);
        assertThat(((DefaultAioContext) context).patienceNanos)
                .isEqualTo(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void sixteenThousandOperationsMayWait(@TempDir Path directory) throws Exception {
        FakeKernel kernel = new FakeKernel();
        kernel.hold();
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loop)).syscalls(kernel.syscalls()).build();
        AioFile file =
                Futures.get(context.open(Files.write(directory.resolve("file"), new byte[100])));
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                loop,
                () -> {
                    for (int i = 0; i < CAPACITY + MAX_PENDING + 1; i++) {
                        reads.add(file.read(0, 10));
                    }
                });
        assertThat(context.metrics().pending()).isEqualTo(MAX_PENDING);
        assertThat(Futures.failure(reads.remove(reads.size() - 1)))
                .isInstanceOf(RejectedExecutionException.class);
        TestLoops.run(loop, () -> kernel.release(false));
        int rejected = 0;
        for (Future<ByteBuf> read : reads) {
            if (read.awaitUninterruptibly().isSuccess()) {
                read.getNow().release();
            } else {
                rejected++;
            }
        }
        // One device has no more than seven eighths of the slots.
        assertThat(rejected).isEqualTo(CAPACITY / 8);
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith(name + '-'))
                .count();
    }

    private static void hang(CountDownLatch until) {
        try {
            if (!until.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("still waiting");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As many devices that hang hold all the threads that there may be, and no more. */
    private static void checkThreads(HelperLane lane, String name, int most) throws Exception {
        int tasks = 3 * most;
        CountDownLatch begun = new CountDownLatch(most);
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            lane.execute(
                    HelperLane.CHORES + 1 + i,
                    () -> {
                        begun.countDown();
                        hang(hang);
                        ended.countDown();
                    });
        }
        try {
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(threads(name)).isEqualTo(most);
        } finally {
            hang.countDown();
        }
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void sixteenHelpersForDataTwelveForMetadataFourForCopies() throws Exception {
        checkThreads(HelperLane.DATA, "aio-netty-data", 16);
        checkThreads(HelperLane.METADATA, "aio-netty-meta", 12);
        checkThreads(HelperLane.COPY, "aio-netty-copy", 4);
    }
}
