// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that wait for memory and places, of which they take no more than their share. */
@Timeout(60)
class CopyWaitTest extends CopyFaultFixture {
    /** Memory and places that others hold are waited for, as streams do. */
    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOMEM, Errno.EAGAIN})
    void whatIsMissingForTheMomentIsWaitedFor(int errno) throws IOException {
        AioFiles files = files(faults.syscalls());
        faults.fail("ftruncate", 1, 2, errno);
        get(copy(files));
        assertSame(target, source);
    }

    private static AioFiles withoutMemory(TestLoops loops, AtomicBoolean missing) {
        return files(
                loops,
                Intercepted.kernel(
                        (call, arguments) ->
                                call.equals("ioSubmit") && missing.get()
                                        ? (Object) (-Errno.ENOMEM)
                                        : null));
    }

    @Test
    void aCopyWaitsForMemoryThatOthersHold() throws Exception {
        AtomicBoolean missing = new AtomicBoolean(true);
        Future<Void> copy = copy(withoutMemory(loops, missing));
        assertThat(copy.await(300)).as("waits: %s", copy.cause()).isFalse();
        missing.set(false);
        get(copy);
        assertSame(target, source);
    }

    @Test
    void aCopyWaitsForMemoryThatItHasItself() throws Exception {
        AioFiles files = files(faults.syscalls());
        for (int nth = 2; nth < 20; nth += 3) {
            faults.fail("ioSubmit", nth, Errno.ENOMEM);
        }
        get(copy(files));
        assertSame(target, source);
    }

    @Test
    void aQueueThatIsFullIsWaitedFor() throws IOException {
        EventLoop loop = loops.next();
        AioContext.builder(loop).capacity(2).maxPending(0).build();
        get(copy(AioFiles.of(loop)));
        assertSame(target, source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "close", "shutdown"})
    void aCopyThatWaitsForMemoryCanBeEnded(String how) throws Exception {
        Future<Void> copy = copy(withoutMemory(loops, new AtomicBoolean(true)));
        AioContext context = AioContext.of(loops.next());
        assertThat(copy.await(200)).isFalse();
        switch (how) {
            case "cancel" -> assertThat(copy.cancel(false)).isTrue();
            case "close" -> context.close();
            default -> loops.next().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
        assertThat(copy.await(10_000)).isTrue();
        assertThat(copy.cause())
                .isInstanceOfAny(AioClosedException.class, CancellationException.class);
        context.close().await();
        Awaitility.await()
                .untilAsserted(() -> assertThat(names()).containsExactly("source", "target"));
        assertThat(target).hasContent("old");
    }

    @Test
    void noMoreThanTheBoundIsInFlight() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EventLoop loop = loops.next();
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loop))
                        .syscalls(
                                Intercepted.kernel(
                                        (call, arguments) ->
                                                call.equals("ioSubmit") && writes(arguments)
                                                        ? Intercepted.hang(goOn)
                                                        : null))
                        .engine(AioEngine.KERNEL)
                        .build();
        Future<Void> copy = copy(AioFiles.of(loop));
        try {
            // No write comes back: so no more is read than there may be in flight.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(context.metrics().inFlight()).isEqualTo(8));
            Thread.sleep(100);
            assertThat(context.metrics().inFlight()).isEqualTo(8);
        } finally {
            goOn.countDown();
        }
        get(copy);
        assertSame(target, source);
    }

    private static boolean writes(Object[] ioSubmit) {
        return Intercepted.transfers(ioSubmit).stream().anyMatch(t -> t.opcode() == Iocb.PWRITE);
    }
}
