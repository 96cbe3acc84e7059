// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.blocking;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFutures;
import io.github.aionetty.support.HeldFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for an operation, and giving it up. */
@Timeout(60)
class AwaitTest {
    private HeldFile held;

    @BeforeEach
    void open() throws IOException {
        held = new HeldFile();
    }

    @AfterEach
    void close() throws IOException {
        held.close();
    }

    private Future<ByteBuf> reading() {
        Future<ByteBuf> read = held.file.read(100, 200);
        held.awaitInFlight(1);
        return read;
    }

    /** A thread that waits for the future, and how it ends. */
    private static final class Waiter {
        final CompletableFuture<Object> end = new CompletableFuture<>();
        volatile boolean interrupted;
        final Thread thread;

        Waiter(Future<?> future) {
            thread =
                    new Thread(
                            () -> {
                                try {
                                    end.complete(AioFutures.await(future));
                                } catch (Throwable t) {
                                    interrupted = Thread.currentThread().isInterrupted();
                                    end.completeExceptionally(t);
                                }
                            });
            thread.start();
            Awaitility.await()
                    .until(() -> thread.getState() == Thread.State.TIMED_WAITING || end.isDone());
        }

        Object end() throws Exception {
            return end.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void itGivesTheResultWhenItIsThere() throws Exception {
        Waiter waiter = new Waiter(reading());
        assertThat(waiter.end).isNotDone();
        held.answer();
        ByteBuf bytes = (ByteBuf) waiter.end();
        Pattern.check(bytes, HeldFile.CONTENT, 100, 200);
        bytes.release();
    }

    @Test
    void itThrowsTheVeryFailure() {
        Future<AioFile> missing = held.context.open(held.path.resolveSibling("missing"));
        assertThatThrownBy(() -> AioFutures.await(missing))
                .isInstanceOf(NoSuchFileException.class)
                .isSameAs(missing.cause());
    }

    @Test
    void itThrowsWhatIsNoIOException() {
        RuntimeException unchecked = new IllegalStateException("on purpose");
        Error error = new StackOverflowError("on purpose");
        Exception checked = new Exception("on purpose");
        EventLoop loop = held.loops.next();
        assertThatThrownBy(() -> AioFutures.await(loop.newFailedFuture(unchecked)))
                .isSameAs(unchecked);
        assertThatThrownBy(() -> AioFutures.await(loop.newFailedFuture(error))).isSameAs(error);
        assertThatThrownBy(() -> AioFutures.await(loop.newFailedFuture(checked)))
                .isInstanceOf(IOException.class)
                .cause()
                .isSameAs(checked);
    }

    @Test
    void aCancelledOperationIsNoResult() {
        held.fill();
        Future<ByteBuf> queued = held.file.read(0, 100);
        queued.cancel(false);
        assertThatThrownBy(() -> AioFutures.await(queued))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void anInterruptEndsTheWaitAndTheBufferIsReleasedWhenItComes() throws Exception {
        Future<ByteBuf> read = reading();
        Waiter waiter = new Waiter(read);
        waiter.thread.interrupt();
        assertThatThrownBy(waiter::end).hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(waiter.interrupted).isTrue();
        assertThat(read.isDone()).isFalse();
        held.answer();
        held.checkNothingIsUsed();
        assertThat(read.isSuccess()).isTrue();
        assertThat(held.file.isOpen()).isTrue();
        get(held.file.read(0, 10)).release();
    }

    @Test
    void anInterruptCancelsWhatIsQueued() {
        held.fill();
        Future<ByteBuf> queued = held.file.read(0, 100);
        Waiter waiter = new Waiter(queued);
        waiter.thread.interrupt();
        assertThatThrownBy(waiter::end).hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(queued.isCancelled()).isTrue();
    }

    @Test
    void whatIsDoneIsGivenToAnInterruptedThreadToo() throws Exception {
        held.answer();
        Future<Long> size = held.file.size();
        get(size);
        Thread.currentThread().interrupt();
        try {
            assertThat(AioFutures.await(size)).isEqualTo(HeldFile.CONTENT.length);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aTimeOutEndsTheWaitAndTheBufferIsReleasedWhenItComes() {
        Future<ByteBuf> read = reading();
        assertThatThrownBy(() -> AioFutures.await(read, 20, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("20 MILLISECONDS");
        Future<ByteBuf> other = held.file.read(0, 10);
        assertThatThrownBy(() -> AioFutures.await(other, 0, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        held.answer();
        held.checkNothingIsUsed();
    }

    @Test
    void whatComesInTimeIsTheResult() throws Exception {
        held.answer();
        ByteBuf bytes = AioFutures.await(held.file.read(0, 10), 30, TimeUnit.SECONDS);
        assertThat(bytes.readableBytes()).isEqualTo(10);
        bytes.release();
    }

    /** Of the file or any other, for a loop that waits stops all its channels. */
    @Test
    void anEventLoopIsNotKeptWaiting() {
        for (EventLoop loop : new EventLoop[] {held.context.eventLoop(), held.loops.next()}) {
            TestLoops.run(
                    loop,
                    () -> {
                        assertThatThrownBy(() -> AioFutures.await(held.file.read(0, 100)))
                                .isInstanceOf(BlockingOperationException.class)
                                .hasMessageContaining("listener");
                        assertThatThrownBy(
                                        () ->
                                                AioFutures.await(
                                                        held.file.read(0, 100),
                                                        1,
                                                        TimeUnit.SECONDS))
                                .isInstanceOf(BlockingOperationException.class);
                    });
        }
        held.answer();
        held.checkNothingIsUsed();
    }

    @Test
    void onTheLoopWhatIsDoneIsGiven() {
        EventLoop loop = held.context.eventLoop();
        TestLoops.run(
                loop,
                () -> {
                    try {
                        assertThat(AioFutures.await(loop.newSucceededFuture(7))).isEqualTo(7);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
