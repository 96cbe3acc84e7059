// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFlow;
import io.github.aionetty.internal.DefaultBuilder;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published goes into a file as fast as its disk, and both sides hear of the end. */
@Timeout(60)
class FlowIntoFileTest {
    private static final int LENGTH = 64 << 20;
    private static final int PIECE = 65_536;
    private static final int MOST_HELD = 4 << 20;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final FlowFiles files = new FlowFiles();

    @AfterEach
    void close() throws IOException {
        files.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileOfOneLoopIsCopiedToOneOfAnother(boolean direct) throws Exception {
        AioFile source = files.open(Pattern.bytes(0, LENGTH), direct);
        Path copy = files.newPath();
        AioFileWriter writer = AioFileWriter.replacing(files.loops.next(), copy).build();
        AioFlow.publisher(source, 0, LENGTH).subscribe(AioFlow.subscriber(writer));
        long most = 0;
        while (!writer.future().await(1, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, files.used());
        }
        assertThat(get(writer.future())).isEqualTo(LENGTH);
        assertThat(Files.mismatch(source.path(), copy)).isEqualTo(-1);
        assertThat(most).as("memory").isLessThan(8 << 20);
    }

    @Test
    void aSourceThatFailsLeavesNothingOfTheFile() throws Exception {
        AioFile source = files.open(Pattern.bytes(0, 10 * PIECE), false);
        Path copy = files.newPath();
        Files.delete(copy);
        AioFileWriter writer = AioFileWriter.replacing(files.loops.next(), copy).build();
        AioFlow.publisher(source, 0, 20 * PIECE).subscribe(AioFlow.subscriber(writer));
        assertThat(failure(writer.future())).isInstanceOf(java.io.EOFException.class);
        assertThat(copy).doesNotExist();
    }

    @Test
    void aWriterThatFailsCancels() throws Exception {
        Path path = files.newPath();
        AioFile readOnly = get(AioContext.of(files.loops.next()).open(path));
        AioFileWriter writer = AioFileWriter.into(readOnly, 0).build();
        ManualSource source = new ManualSource(AioFlow.subscriber(writer));
        Awaitility.await()
                .until(
                        () -> {
                            source.give(1, PIECE);
                            return source.cancelled;
                        });
        assertThat(failure(writer.future()))
                .isInstanceOfSatisfying(
                        AioException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
        // What has been asked for may still come.
        source.give(Integer.MAX_VALUE, PIECE);
    }

    @Test
    void aWriterThatSomebodyElseEndsCancels() throws Exception {
        AioFile file = files.open(new byte[0], false);
        AioFileWriter writer = AioFileWriter.into(file, 0).build();
        ManualSource source = new ManualSource(AioFlow.subscriber(writer));
        assertThat(get(writer.finish())).isZero();
        source.give(1, PIECE);
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void noMoreIsAskedForThanADiskThatHangsCanTakeAndItGoesOnWhenItAnswers() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        AioContext context =
                ((DefaultBuilder) AioContext.builder(files.loops.next()))
                        .syscalls(
                                Intercepted.kernel(
                                        (call, arguments) ->
                                                call.equals("ioSubmit")
                                                                && Intercepted.transfers(arguments)
                                                                                .get(0)
                                                                                .opcode()
                                                                        == Iocb.PWRITE
                                                        ? Intercepted.hang(answers)
                                                        : null))
                        .build();
        Path path = files.newPath();
        AioFile file = get(context.open(path, StandardOpenOption.WRITE));
        AioFileWriter writer = AioFileWriter.into(file, 0).durable(false).build();
        var subscriber = AioFlow.subscriber(writer);
        ManualSource source = new ManualSource(subscriber);
        int given = 0;
        long quiet = System.nanoTime();
        try {
            while (given * PIECE <= MOST_HELD && System.nanoTime() - quiet < QUIET_NANOS) {
                int now = source.give(1, PIECE);
                given += now;
                quiet = now > 0 ? System.nanoTime() : quiet;
                Thread.sleep(1);
            }
            assertThat(given * PIECE).isBetween(8 * PIECE, MOST_HELD);
        } finally {
            answers.countDown();
        }
        int wanted = 200;
        while (given < wanted) {
            Awaitility.await().until(() -> source.demand() > 0);
            given += source.give(wanted - given, PIECE);
        }
        subscriber.onComplete();
        Future<Long> length = writer.future();
        assertThat(get(length)).isEqualTo((long) wanted * PIECE);
        assertThat(Files.size(path)).isEqualTo((long) wanted * PIECE);
        get(file.close());
    }
}
