// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioRoute;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
    void oneIsDoneByAHelperAndTheLoopAsksAgainForTheOthers() throws Exception {
        try (RoutedFiles files = RoutedFiles.of("xfs")) {
            AioFile file = awaitTick(files);
            files.intercept(this::counted);
            // Where the next tick comes before the loop has asked again, helpers do it all.
            for (int i = 0; i < ATTEMPTS; i++) {
                Thread.sleep(TICK_MILLIS);
                files.taken();
                byHelpers.set(0);
                overwriteAll(files, file).forEach(write -> assertThat(get(write)).isPositive());
                Map<AioRoute, Long> taken = files.taken();
                long refused = taken.getOrDefault(AioRoute.REFUSED, 0L);
                if (refused >= BLOCKS / 2 && byHelpers.get() <= 2) {
                    assertThat(taken.get(AioRoute.NOWAIT)).isGreaterThan(BLOCKS + BLOCKS / 4);
                    checkWritten(file.path());
                    return;
                }
            }
        }
        throw new AssertionError("never asked again: by helpers " + byHelpers);
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
            files.intercept(
                    (call, arguments) -> {
                        if (call.equals("ioSubmit") && isHelper()) {
                            atOnce.countDown();
                            return Intercepted.hang(atOnce);
                        }
                        return null;
                    });
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
