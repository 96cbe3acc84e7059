// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFutures;
import io.github.aionetty.support.HeldFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.Resources;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's futures of operations: results, failures, and results that nobody takes. */
@Timeout(60)
class CompletableFutureTest {
    private HeldFile held;

    @BeforeEach
    void open() throws IOException {
        held = new HeldFile();
    }

    @AfterEach
    void close() throws IOException {
        held.close();
    }

    private CompletableFuture<ByteBuf> reading() {
        CompletableFuture<ByteBuf> read = AioFutures.toCompletableFuture(held.file.read(100, 200));
        held.awaitInFlight(1);
        return read;
    }

    private static <T> T get(CompletableFuture<T> stage) throws Exception {
        return stage.get(30, TimeUnit.SECONDS);
    }

    @Test
    void itGivesTheResultAndGoesOnOnTheFilesLoop() throws Exception {
        CompletableFuture<Thread> then =
                reading()
                        .thenApply(
                                bytes -> {
                                    Pattern.check(bytes, HeldFile.CONTENT, 100, 200);
                                    bytes.release();
                                    return Thread.currentThread();
                                });
        held.answer();
        assertThat(held.context.eventLoop().inEventLoop(get(then))).isTrue();
    }

    @Test
    void itGivesTheVeryFailure() {
        Future<AioFile> missing = held.context.open(held.path.resolveSibling("missing"));
        assertThatThrownBy(() -> get(AioFutures.toCompletableFuture(missing)))
                .hasCauseInstanceOf(NoSuchFileException.class)
                .cause()
                .isSameAs(missing.cause());
    }

    @Test
    void whatIsDoneAlreadyIsThereAtOnce() throws Exception {
        held.answer();
        Future<Long> size = held.file.size();
        assertThat(io.github.aionetty.support.Futures.get(size)).isEqualTo(HeldFile.CONTENT.length);
        assertThat(get(AioFutures.toCompletableFuture(size)))
                .isEqualTo(Long.valueOf(HeldFile.CONTENT.length));
    }

    @Test
    void cancellingItCancelsWhatIsQueued() {
        held.fill();
        Future<ByteBuf> queued = held.file.read(0, 100);
        CompletableFuture<ByteBuf> stage = AioFutures.toCompletableFuture(queued);
        assertThat(stage.cancel(true)).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        assertThat(stage).isCancelled();
    }

    @Test
    void aCancelledOperationCancelsIt() {
        held.fill();
        Future<ByteBuf> queued = held.file.read(0, 100);
        CompletableFuture<ByteBuf> stage = AioFutures.toCompletableFuture(queued);
        assertThat(queued.cancel(false)).isTrue();
        Awaitility.await().until(stage::isDone);
        assertThat(stage).isCancelled();
    }

    @Test
    void theBufferOfWhatWasCancelledInFlightIsReleasedWhenItComes() {
        CompletableFuture<ByteBuf> read = reading();
        assertThat(read.cancel(true)).isTrue();
        assertThat(read).isCancelled();
        held.answer();
        held.checkNothingIsUsed();
    }

    @Test
    void soIsTheBufferOfWhatHasTimedOut() {
        CompletableFuture<ByteBuf> read = reading().orTimeout(10, TimeUnit.MILLISECONDS);
        assertThatThrownBy(() -> get(read)).hasCauseInstanceOf(TimeoutException.class);
        held.answer();
        held.checkNothingIsUsed();
    }

    @Test
    void soIsTheBufferOfWhatWasCompletedOtherwise() throws Exception {
        CompletableFuture<ByteBuf> read = reading();
        assertThat(read.complete(Unpooled.EMPTY_BUFFER)).isTrue();
        held.answer();
        held.checkNothingIsUsed();
        assertThat(get(read)).isSameAs(Unpooled.EMPTY_BUFFER);
    }

    @Test
    void aFileThatNobodyTakesIsClosed() {
        Resources before = Resources.now();
        held.opens = new CountDownLatch(1);
        Future<AioFile> opening = held.context.open(held.path);
        CompletableFuture<AioFile> stage = AioFutures.toCompletableFuture(opening);
        Awaitility.await().until(() -> !opening.isCancellable());
        assertThat(stage.cancel(true)).isTrue();
        held.opens.countDown();
        Awaitility.await().until(opening::isSuccess);
        Awaitility.await().until(() -> !opening.getNow().isOpen());
        Awaitility.await()
                .untilAsserted(() -> Resources.now().checkNoMoreThan(before, "aio-netty-.*"));
    }

    @Test
    void whatIsInFlightWhenTheLoopEndsFailsItToo() {
        CompletableFuture<ByteBuf> read = reading();
        held.loops.close();
        assertThat(read).isNotDone();
        held.answer();
        assertThatThrownBy(() -> get(read)).hasCauseInstanceOf(AioClosedException.class);
    }
}
