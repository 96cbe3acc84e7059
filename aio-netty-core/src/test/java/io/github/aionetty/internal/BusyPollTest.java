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
import io.github.aionetty.nativeaio.EventFd;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.IocbArray;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct reads that complete while the loop polls for them, and some that do not in time. */
@Timeout(60)
class BusyPollTest {
    private static final int MICROS = 1000;
    private static final int READS = 500;
    private static final int ATTEMPTS = 5;

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
        AioFile file = open(MICROS);
        int done = 0;
        for (int i = 0; i < ATTEMPTS && done <= READS / 2; i++) {
            done = doneInTheirTurn(file);
        }
        assertThat(done).isGreaterThan(READS / 2);
    }

    /** With an event in the ring, for which a bound that is not 0 looks in this turn. */
    @ParameterizedTest
    @CsvSource({"0, 0", "10000000, 1"})
    @DisabledIfSystemProperty(named = CompletionRing.REAP_PROPERTY, matches = "syscall")
    void nobodyPollsUnlessToldSo(int micros, int looks) throws Exception {
        Syscalls sys = LibAio.instance();
        long context = sys.ioSetup(8);
        int signal = sys.eventFd(1, EventFd.EFD_CLOEXEC);
        try (IocbArray iocbs = new IocbArray(1)) {
            iocbs.set(0, 0, Iocb.POLL, 0, signal, Iocb.POLLIN, 0, 0, -1);
            assertThat(sys.ioSubmit(context, 1, iocbs.pointers(0))).isOne();
            CompletionRing ring = CompletionRing.of(sys, context, 8);
            assertThat(ring.hasEvents()).isTrue();
            Slots slots = new Slots(1);
            slots.take(TestOperation.read(0, signal, null, 0, 0));
            AtomicInteger looked = new AtomicInteger();
            BusyPoll poll =
                    new BusyPoll(loop, ring, slots, micros, () -> looked.incrementAndGet() > 1);
            CountDownLatch turnOver = new CountDownLatch(1);
            loop.execute(
                    () -> {
                        poll.begin();
                        loop.executeAfterEventLoopIteration(turnOver::countDown);
                    });
            assertThat(turnOver.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(looked).hasValue(looks);
            ring.close();
        } finally {
            sys.close(signal);
            sys.ioDestroy(context);
        }
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
