// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.support.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What helpers bring back leaves the loop to others, too. */
@Timeout(60)
class PostedTurnsTest {
    private static final int MIB = 1024 * 1024;

    private final FailNth kernel = new FailNth();
    private final TestLoops loops = TestLoops.epoll(1);
    private final SingleThreadEventLoop loop = (SingleThreadEventLoop) loops.next();
    private final DefaultAioContext context =
            (DefaultAioContext)
                    ((DefaultBuilder) AioContext.builder(loop))
                            .syscalls(kernel.syscalls())
                            .engine(AioEngine.THREAD_POOL)
                            .build();

    /** Confined to the loop, until the last is done. */
    private final List<Integer> order = new ArrayList<>();

    private long ofTurn;
    private long most;

    @AfterEach
    void close() {
        loops.close();
    }

    private void handedOut(long amount) {
        ofTurn += amount;
        most = Math.max(most, ofTurn);
    }

    /** Tells when it was taken up. */
    private final class Numbered extends Task {
        private final int number;
        private final CountDownLatch left;

        Numbered(int number, CountDownLatch left) {
            this.number = number;
            this.left = left;
        }

        @Override
        void deliver() {
            order.add(number);
            handedOut(1);
            if (number % 10 == 0) {
                // As a helper does that is done with the next one: within the turn.
                context.post(new Numbered(number + 1, left));
            }
            left.countDown();
        }

        @Override
        void deliverTo(Drainer drainer) {
            throw new AssertionError();
        }

        @Override
        void granted() {
            throw new AssertionError();
        }
    }

    @Test
    void aBurstOfTasksIsSpreadOverTurnsAndNoneIsLost() throws Exception {
        int burst = 500;
        CountDownLatch left = new CountDownLatch(2 * burst);
        TestLoops.run(
                loop,
                () -> {
                    Turns.each(loop, () -> ofTurn = 0, () -> left.getCount() > 0);
                    for (int i = 0; i < burst; i++) {
                        context.post(new Numbered(10 * i, left));
                    }
                });
        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
        TestLoops.run(loop, () -> assertThat(most).isBetween(1L, 64L));
        for (int digit = 0; digit < 2; digit++) {
            int last = digit;
            assertThat(order).filteredOn(number -> number % 10 == last).isSorted().hasSize(burst);
        }
    }

    @Test
    void manyBytesAreSpreadOverTurns(@TempDir Path directory) throws Exception {
        int piece = 256 * 1024;
        int pieces = 60;
        Path path = Files.write(directory.resolve("file"), new byte[piece]);
        AioFile file = get(context.open(path));
        List<Future<ByteBuf>> reads = new ArrayList<>();
        int[] left = {pieces};
        TestLoops.run(
                loop,
                () -> {
                    Turns.each(loop, () -> ofTurn = 0, () -> left[0] > 0);
                    for (int i = 0; i < pieces; i++) {
                        Future<ByteBuf> read = file.read(0, piece);
                        read.addListener(
                                done -> {
                                    left[0]--;
                                    handedOut(piece);
                                });
                        reads.add(read);
                    }
                    // All but those that a helper holds just now are there before one is seen.
                    Awaitility.await().until(() -> kernel.calls("pread") >= pieces);
                });
        for (Future<ByteBuf> read : reads) {
            get(read).release();
        }
        get(file.close());
        // One MiB, and the piece that goes over it.
        assertThat(most).isBetween(1L, (long) MIB + piece);
    }
}
