// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioRoute;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Overwrites of XFS in the first moments of a tick, when the file's times have to change. */
@Timeout(60)
class RefusedOverwritesTest {
    private static final int BLOCKS = 32;
    private static final int BLOCK = RoutedFiles.BLOCK;
    private static final int ATTEMPTS = 50;

    private static final int TIMES = 10;
    private static final int FEW = 20;

    /** How many a helper submits in one call. */
    private static final int BATCH = 16;

    /**
     * Longer than a tick of the kernel's clock, of 1 to 10 ms: the next write changes the times.
     */
    private static final int TICK_MILLIS = 25;

    private final AtomicInteger byHelpers = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);

    private static boolean isHelper() {
        return Thread.currentThread().getName().startsWith("aio-netty-data");
    }

    private Object counted(String call, Object[] arguments) {
        if (call.equals("ioSubmit") && isHelper()) {
            byHelpers.incrementAndGet();
        }
        return null;
    }

    private static AioFile awaitTick(RoutedFiles files) throws Exception {
        AioFile file = files.direct(files.written(BLOCKS));
        files.write(file, 0);
        Thread.sleep(TICK_MILLIS);
        return file;
    }

    /** Begins to overwrite each block in one turn of the loop. */
    private static List<Future<Integer>> overwriteAll(RoutedFiles files, AioFile file) {
        List<Future<Integer>> writes = new ArrayList<>();
        TestLoops.run(
                files.context.eventLoop(),
                () -> {
                    for (int i = 0; i < BLOCKS; i++) {
                        ByteBuf block = files.context.alloc().directBuffer(BLOCK);
                        while (block.isWritable()) {
                            block.writeInt(0x01010101 * (i + 1));
                        }
                        writes.add(file.write(block, (long) i * BLOCK));
                    }
                });
        return writes;
    }

    private static void checkWritten(Path path) throws Exception {
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(bytes[i]).isEqualTo((byte) (i / BLOCK + 1));
        }
    }

    @Test
    void whatOneTickRefusesIsSubmittedTogether() throws Exception {
        try (RoutedFiles files = RoutedFiles.of("xfs")) {
            AioFile file = awaitTick(files);
            files.intercept(this::counted);
            RefusedOverwrites refused = ((DefaultAioFile) file).refused;
            int together = 0;
            int apart = 0;
            for (int i = 0; i < ATTEMPTS && together < TIMES; i++) {
                // Or the loop would learn, where all are refused each time, not to gather them.
                TestLoops.run(files.context.eventLoop(), () -> refused.passed(true));
                Thread.sleep(TICK_MILLIS);
                files.taken();
                byHelpers.set(0);
                long before = files.context.metrics().helperTransfers();
                overwriteAll(files, file).forEach(write -> assertThat(get(write)).isPositive());
                long transfers = files.context.metrics().helperTransfers() - before;
                assertThat(files.taken().getOrDefault(AioRoute.REFUSED, 0L)).isEqualTo(transfers);
                // Fewer where another tick has come while the loop submitted them.
                if (transfers == BLOCKS && byHelpers.get() == BLOCKS / BATCH) {
                    together++;
                } else if (transfers == BLOCKS) {
                    apart++;
                }
            }
            assertThat(together).isGreaterThan(apart);
            checkWritten(file.path());
        }
    }

    /** The helper may be kept from the CPU once it has submitted. */
    @Test
    void theLoopAsksAgainBeforeTheHelperSaysThatItMay() throws Exception {
        try (RoutedFiles files = RoutedFiles.of("xfs")) {
            AioFile file = awaitTick(files);
            RefusedOverwrites refused = ((DefaultAioFile) file).refused;
            // The second one may come in another tick.
            for (int i = 0; i < FEW; i++) {
                // Or the loop would learn, of refusals that go on and on, not to wait.
                TestLoops.run(files.context.eventLoop(), () -> refused.passed(true));
                Thread.sleep(TICK_MILLIS);
                files.taken();
                CountDownLatch go = new CountDownLatch(1);
                files.intercept((call, arguments) -> slowToSay(call, arguments, go));
                Promise<Integer> second = files.context.eventLoop().newPromise();
                ByteBuf block = files.zeros(BLOCK);
                files.writing(file, 0).addListener(first -> file.write(block, BLOCK, second));
                boolean stayed = second.await(1, TimeUnit.SECONDS);
                go.countDown();
                get(second);
                if (stayed && files.taken().containsKey(AioRoute.REFUSED)) {
                    return;
                }
            }
        }
        throw new AssertionError("waited each time");
    }

    private static Object slowToSay(String call, Object[] arguments, CountDownLatch go) {
        if (!call.equals("ioSubmit") || !isHelper()) {
            return null;
        }
        Object accepted = submit(arguments, (int) arguments[1]);
        Intercepted.hang(go);
        return accepted;
    }

    private static int submit(Object[] arguments, int count) {
        return LibAio.instance().ioSubmit((long) arguments[0], count, (long) arguments[2]);
    }

    /** As {@code io_submit} goes: some at a time, none for the moment, and one that it refuses. */
    @Test
    void eachOfThemGetsItsOwnAnswer() throws Exception {
        RoutedFiles.on(
                "xfs",
                files -> {
                    AioFile file = awaitTick(files);
                    Deque<Integer> answers = new ArrayDeque<>(List.of(3, -Errno.EAGAIN, 0));
                    answers.add(-Errno.ENOMEM);
                    files.intercept((call, arguments) -> scripted(call, arguments, answers));
                    List<Future<Integer>> writes = overwriteAll(files, file);
                    List<Throwable> failures = new ArrayList<>();
                    for (Future<Integer> write : writes) {
                        if (!write.await(30, TimeUnit.SECONDS)) {
                            throw new AssertionError("lost");
                        }
                        if (!write.isSuccess()) {
                            failures.add(write.cause());
                        }
                    }
                    assertThat(answers).isEmpty();
                    assertThat(failures).singleElement().isInstanceOf(AioException.class);
                    assertThat(((AioException) failures.get(0)).errno()).isEqualTo(Errno.ENOMEM);
                    assertThat(files.context.metrics().inFlight()).isZero();
                });
    }

    private static Object scripted(String call, Object[] arguments, Deque<Integer> answers) {
        if (!call.equals("ioSubmit") || !isHelper()) {
            return null;
        }
        Integer answer = answers.poll();
        if (answer == null || answer <= 0) {
            return answer;
        }
        return submit(arguments, Math.min(answer, (int) arguments[1]));
    }

    /** It is not the times that the kernel minds: one helper after another would take too long. */
    @Test
    void whatIsRefusedAgainAndAgainIsDoneByManyHelpersAtOnce() throws Exception {
        RoutedFiles.on(
                "xfs",
                files -> {
                    AioFile file = awaitTick(files);
                    RefusedOverwrites refused = ((DefaultAioFile) file).refused;
                    // Whatever the loop asks for, it asks for in a new tick.
                    files.intercept((call, arguments) -> nextTick(call));
                    for (int i = 0; refused.mayGather(); i++) {
                        assertThat(i).isLessThan(BLOCKS);
                        get(files.writing(file, i));
                    }
                    CountDownLatch atOnce = new CountDownLatch(4);
                    files.intercept(
                            (call, arguments) -> {
                                nextTick(call);
                                return meeting(call, atOnce);
                            });
                    overwriteAll(files, file).forEach(write -> assertThat(get(write)).isPositive());
                    checkWritten(file.path());
                    // The loop is granted some again.
                    files.intercept((call, arguments) -> null);
                    files.stream(file, BLOCKS, 4 * BLOCKS);
                    assertThat(refused.mayGather()).isTrue();
                });
    }

    private static Object nextTick(String call) {
        if (call.equals("ioSubmit") && !isHelper()) {
            Patience.pause(TICK_MILLIS);
        }
        return null;
    }

    /** A helper that comes alone waits for others. */
    private static Object meeting(String call, CountDownLatch atOnce) {
        if (call.equals("ioSubmit") && isHelper()) {
            atOnce.countDown();
            return Intercepted.hang(atOnce);
        }
        return null;
    }

    /** Those that gather go on as the one that was let in, and none is lost. */
    @Test
    void whatGathersWhileAHelperHangsGoesOnAfterIt() throws Exception {
        RoutedFiles.on(
                "xfs",
                files -> {
                    CountDownLatch go = new CountDownLatch(1);
                    AioFile file = awaitTick(files);
                    List<Future<Integer>> writes = gather(files, file, go);
                    assertThat(writes).noneMatch(Future::isSuccess);
                    Awaitility.await()
                            .until(
                                    () ->
                                            files.context.metrics().routed(AioRoute.REFUSED)
                                                    >= BLOCKS);
                    // The next one of this handle waits without asking.
                    files.taken();
                    Future<Integer> late = files.writing(file, 0);
                    Awaitility.await()
                            .until(() -> files.context.metrics().routed(AioRoute.LEARNED) > 0);
                    assertThat(files.taken()).doesNotContainKey(AioRoute.REFUSED);
                    go.countDown();
                    writes.forEach(write -> assertThat(get(write)).isPositive());
                    get(late);
                });
    }

    @Test
    void whatGathersWhenItsContextClosesFailsOrIsWritten() throws Exception {
        RoutedFiles.on(
                "xfs",
                files -> {
                    CountDownLatch go = new CountDownLatch(1);
                    AioFile file = awaitTick(files);
                    List<Future<Integer>> writes = gather(files, file, go);
                    Future<Void> closed = files.context.close();
                    go.countDown();
                    get(closed);
                    for (Future<Integer> write : writes) {
                        assertThat(write.isDone()).isTrue();
                        if (!write.isSuccess()) {
                            assertThat(write.cause()).isInstanceOf(AioClosedException.class);
                        }
                    }
                    assertThat(writes).anyMatch(Future::isSuccess);
                });
    }

    /** Overwrites all, of which a helper has one until it may go on. */
    private List<Future<Integer>> gather(RoutedFiles files, AioFile file, CountDownLatch go)
            throws InterruptedException {
        files.intercept((call, arguments) -> hanging(call, go));
        List<Future<Integer>> writes = overwriteAll(files, file);
        entered.await();
        return writes;
    }

    /** What goes to helpers for another reason does not gather: they do it side by side. */
    @Test
    void othersAreDoneByManyHelpersAtOnce() throws Exception {
        try (RoutedFiles files = RoutedFiles.of("xfs")) {
            AioFile file = awaitTick(files);
            ((DefaultAioFile) file).open.overwriteRefused = true;
            CountDownLatch atOnce = new CountDownLatch(4);
            files.intercept((call, arguments) -> meeting(call, atOnce));
            long before = files.context.metrics().helperTransfers();
            files.taken();
            overwriteAll(files, file).forEach(write -> assertThat(get(write)).isPositive());
            assertThat(files.taken())
                    .containsExactly(Map.entry(AioRoute.FILE_SYSTEM, (long) BLOCKS));
            assertThat(files.context.metrics().helperTransfers() - before).isEqualTo(BLOCKS);
        }
    }

    private Object hanging(String call, CountDownLatch go) {
        if (call.equals("ioSubmit") && isHelper()) {
            entered.countDown();
            return Intercepted.hang(go);
        }
        return null;
    }
}
