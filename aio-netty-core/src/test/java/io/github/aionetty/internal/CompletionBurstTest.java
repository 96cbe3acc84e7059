// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.support.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many completions at once, and hostile promises, do to the loop. */
@Timeout(60)
class CompletionBurstTest {
    private static final int MIB = 1 << 20;
    private static final int LARGE = 200 * 1024;

    private final FakeKernel kernel = new FakeKernel();
    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private AioContext context;
    private AioFile file;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), new byte[2 * LARGE]);
        context = builder().capacity(1024).build();
        file = get(context.open(path));
    }

    private DefaultBuilder builder() {
        return ((DefaultBuilder) AioContext.builder(loop)).syscalls(kernel.syscalls());
    }

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void aBurstIsSpreadOverTurnsSoThatOtherTasksRunInBetween() {
        assertThat(mostOfATurn(1000, 100)).isBetween(1, 64);
    }

    /** One MiB, and the eight that were polled together when it was reached. */
    @Test
    void manyBytesAreSpreadOverTurns() {
        assertThat(mostOfATurn(100, LARGE)).isBetween(1, MIB / LARGE + 7);
    }

    /** How many of these reads one turn completes, where all of them could be. */
    private int mostOfATurn(int burst, int length) {
        kernel.hold();
        List<Future<ByteBuf>> reads = new ArrayList<>();
        int[] sinceTheLastTurn = new int[1];
        int[] most = new int[1];
        int[] done = new int[1];
        TestLoops.run(
                loop,
                () -> {
                    for (int i = 0; i < burst; i++) {
                        reads.add(file.read(i, length));
                        reads.get(i)
                                .addListener(
                                        f -> {
                                            done[0]++;
                                            sinceTheLastTurn[0]++;
                                            most[0] = Math.max(most[0], sinceTheLastTurn[0]);
                                        });
                    }
                });
        SingleThreadEventLoop turns = (SingleThreadEventLoop) loop;
        // All completions are there before the loop looks at one of them.
        TestLoops.run(
                loop,
                () -> {
                    Turns.each(turns, () -> sinceTheLastTurn[0] = 0, () -> done[0] < burst);
                    kernel.release(false);
                });
        for (Future<ByteBuf> read : reads) {
            get(read).release();
        }
        return most[0];
    }

    @Test
    void aBurstCompletesAlsoWhenNoOtherEventWakesTheLoop() {
        kernel.hold();
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                loop,
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        reads.add(file.read(i, 10));
                    }
                });
        TestLoops.run(loop, () -> kernel.release(false));
        for (Future<ByteBuf> read : reads) {
            get(read).release();
        }
    }

    /** A promise that throws where it should take its result. */
    private static final class Hostile extends DefaultPromise<ByteBuf> {
        Hostile(EventLoop loop) {
            super(loop);
        }

        @Override
        public boolean trySuccess(ByteBuf result) {
            result.release();
            throw new IllegalStateException("expected by the test");
        }
    }

    @Test
    void aPromiseThatThrowsHarmsNoOtherOperation() {
        try (Logs logs = Logs.ofInternal("OperationFlow")) {
            List<Promise<ByteBuf>> good = new ArrayList<>();
            TestLoops.run(
                    loop,
                    () -> {
                        for (int i = 0; i < 30; i++) {
                            file.read(i, 100, new Hostile(loop));
                            good.add(loop.newPromise());
                            file.read(i, 100, good.get(i));
                        }
                    });
            for (Promise<ByteBuf> promise : good) {
                get(promise).release();
            }
            Awaitility.await().until(() -> logs.messages().size() == 30);
        }
        assertThat(context.metrics().inFlight()).isZero();
        get(file.close());
    }

    @Test
    void aPromiseThatIsCompletedAlreadyGetsNoBufferAndLeaksNone() {
        Promise<ByteBuf> completed = loop.newPromise();
        completed.setFailure(new IOException("expected by the test"));
        file.read(0, 100, completed);
        get(file.read(0, 100)).release();
        get(file.close());
    }

    /** One operation per level of the stack would overflow it. */
    @Test
    void aLongQueueOfOperationsThatNeedNoTransferIsWorkedOffWithoutRecursion() {
        get(context.close());
        context = builder().capacity(1).maxPending(50_000).build();
        AioFile one = get(context.open(file.path()));
        kernel.hold();
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                loop,
                () -> {
                    reads.add(one.read(0, 100));
                    for (int i = 0; i < 50_000; i++) {
                        reads.add(one.read(0, 0));
                    }
                });
        kernel.release(false);
        for (Future<ByteBuf> read : reads) {
            get(read).release();
        }
        get(one.close());
    }
}
