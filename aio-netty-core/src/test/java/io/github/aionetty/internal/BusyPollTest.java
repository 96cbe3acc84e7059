// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct reads that complete while the loop polls for them, and some that do not in time. */
@Timeout(60)
class BusyPollTest {
    private static final int MICROS = 1000;
    private static final int READS = 500;

    private final TestLoops loops = TestLoops.epoll(1);
    private final SingleThreadIoEventLoop loop = (SingleThreadIoEventLoop) loops.next();
    private Path path;

    @AfterEach
    void close() throws Exception {
        loops.close();
        if (path != null) {
            Files.delete(path);
        }
    }

    private AioFile open(int micros) throws Exception {
        Path directory = FileSystemsUnderTest.directory("xfs");
        FileSystemsUnderTest.requireDirect(directory);
        path = Files.createTempFile(directory, "polled", "");
        Files.write(path, new byte[64 * 1024]);
        AioContext context =
                AioContext.builder(loop).engine(AioEngine.KERNEL).busyPoll(micros).build();
        AioFile file = get(context.open(path, AioOpenOption.DIRECT));
        get(file.read(0, 4096)).release();
        return file;
    }

    /** How many of so many reads are done at the tail of the turn that has begun them. */
    private int doneInTheirTurn(AioFile file) throws Exception {
        int done = 0;
        for (int i = 0; i < READS; i++) {
            AtomicReference<Boolean> atTail = new AtomicReference<>();
            Future<ByteBuf> read = loop.submit(() -> begin(file, atTail)).get(10, TimeUnit.SECONDS);
            get(read).release();
            Awaitility.await()
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> atTail.get() != null);
            done += atTail.get() ? 1 : 0;
        }
        return done;
    }

    private Future<ByteBuf> begin(AioFile file, AtomicReference<Boolean> atTail) {
        Future<ByteBuf> read = file.read(0, 4096);
        // Behind the engine's own tail task, which begins to poll by another behind this one.
        loop.executeAfterEventLoopIteration(
                () -> loop.executeAfterEventLoopIteration(() -> atTail.set(read.isDone())));
        return read;
    }

    /** Half of them, for the machine may be busy: without polling it is one now and then. */
    @Test
    @DisabledIfSystemProperty(named = CompletionRing.REAP_PROPERTY, matches = "syscall")
    void completionsAreTakenUpWithoutAskingEpoll() throws Exception {
        assertThat(doneInTheirTurn(open(MICROS))).isGreaterThan(READS / 2);
    }

    @Test
    void nobodyPollsUnlessToldSo() throws Exception {
        assertThat(doneInTheirTurn(open(0))).isLessThan(READS / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MICROS})
    void tasksAndTimersHaveTheirTurnsMeanwhile(int micros) throws Exception {
        AioFile file = open(micros);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        loop.execute(() -> readOn(file, failed));
        for (int i = 0; i < 100; i++) {
            loop.submit(() -> {}).get(1, TimeUnit.SECONDS);
        }
        loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get(1, TimeUnit.SECONDS);
        get(file.context().close());
        Awaitility.await().until(() -> failed.get() != null);
    }

    /** The bound is the turn's, whatever is found: tasks of the next turn come all the same. */
    @Test
    void whoReadsOnFromTheTailIsBoundToo() throws Exception {
        ReadChain chain =
                new ReadChain(open(MICROS), 4096, READS, loop::executeAfterEventLoopIteration);
        assertThat(chain.turnsOfOthers(loop)).isGreaterThan(READS / 20);
    }

    /** Until the context is closed. */
    private void readOn(AioFile file, AtomicReference<Throwable> failed) {
        file.read(0, 4096)
                .addListener(
                        (Future<ByteBuf> read) -> {
                            if (read.isSuccess()) {
                                read.getNow().release();
                                readOn(file, failed);
                            } else {
                                failed.set(read.cause());
                            }
                        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, MICROS + 1})
    void aBoundOutOfRangeIsNamed(int micros) {
        assertThatThrownBy(() -> AioContext.builder(loop).busyPoll(micros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("busyPoll=%d (expected: 0 to 1000 microseconds)", micros);
    }
}
