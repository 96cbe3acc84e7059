// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.internal.RoutedFiles.BLOCK;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.AioRoute;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way overwrites take while something else is under way, held on its helper. */
@Timeout(60)
class RoutedBesideTest {
    private static final int PART = 100;

    /** Holds calls on the helpers that make them. */
    private static final class Hold {
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);

        /** Gives the answer of an interceptor. */
        Object hold(boolean concerned) {
            if (!concerned) {
                return null;
            }
            held.countDown();
            return Intercepted.hang(released);
        }
    }

    private static boolean isPartialWrite(String call, Object[] arguments) {
        return call.equals("ioSubmit")
                && Intercepted.transfers(arguments)
                        .contains(new Intercepted.Transfer(Iocb.PWRITE, PART));
    }

    /** In another folio of the page cache than the file's first blocks. */
    private static final int CHANGED = 1024 + 40;

    private static final int BLOCKS = CHANGED + 24;

    /** What changes an inode, from {@link #CHANGED} on. */
    private enum Change {
        BUFFERED_WRITE("-", file -> writePart(file)),
        TRUNCATE("ftruncate", file -> file.truncate((CHANGED + 10L) * BLOCK)),
        ALLOCATE("fallocate", file -> file.allocate((long) BLOCKS * BLOCK, 8 * BLOCK));

        private final String call;
        private final Function<AioFile, Future<?>> start;

        Change(String call, Function<AioFile, Future<?>> start) {
            this.call = call;
            this.start = start;
        }

        private static Future<?> writePart(AioFile file) {
            return file.write(
                    file.context().alloc().directBuffer(PART).writeZero(PART),
                    (long) CHANGED * BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOverwriteIsDoneByAHelperBesideWhatChangesItsInode(Change change) throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    AioFile file = files.direct(files.written(BLOCKS));
                    files.write(file, 0);
                    assertThat(files.write(file, 0)).isEqualTo(Map.of(AioRoute.NOWAIT, 1L));
                    Hold hold = new Hold();
                    files.intercept(
                            (call, arguments) ->
                                    hold.hold(
                                            call.equals(change.call)
                                                    || isPartialWrite(call, arguments)));
                    Future<?> started = change.start.apply(file);
                    Intercepted.hang(hold.held);
                    files.taken();
                    assertThat(files.write(file, 1)).isEqualTo(Map.of(AioRoute.BUSY, 1L));
                    // In its range, or its folio: not before it.
                    Future<Integer> within = files.writing(file, CHANGED);
                    TestLoops.run(files.context.eventLoop(), () -> {});
                    assertThat(within.isDone()).isFalse();
                    assertThat(files.taken()).isEqualTo(Map.of(AioRoute.BUSY, 1L));
                    assertThat(started.isDone()).isFalse();
                    assertThat(files.read(file, 1)).isEqualTo(Map.of(AioRoute.NOWAIT, 1L));
                    hold.released.countDown();
                    get(started);
                    get(within);
                    assertThat(files.write(file, 1)).isEqualTo(Map.of(AioRoute.NOWAIT, 1L));
                });
    }

    /** On a loop of its own, whose syncs are made by helpers: there one can be held. */
    private static void whileAnotherIsSynced(RoutedFiles files, Runnable body) throws Exception {
        Hold hold = new Hold();
        Path path = files.written(4);
        try (TestLoops loops = TestLoops.nio(1)) {
            AioContext pool =
                    ((DefaultBuilder) AioContext.builder(loops.next()))
                            .syscalls(
                                    Intercepted.kernel(
                                            (call, arguments) -> hold.hold(call.equals("fsync"))))
                            .engine(AioEngine.THREAD_POOL)
                            .build();
            AioFile other = get(pool.open(path, StandardOpenOption.WRITE));
            Future<Void> sync = other.fsync();
            Intercepted.hang(hold.held);
            body.run();
            assertThat(sync.isDone()).isFalse();
            hold.released.countDown();
            get(sync);
            assertThat(pool.metrics().routed(AioRoute.THREAD_POOL)).isEqualTo(1);
            get(other.close());
        }
    }

    @ParameterizedTest
    @CsvSource({"ext4, JOURNAL", "xfs, NOWAIT"})
    void whileAnotherFileIsSyncedOverwritesKeepOffTheJournal(String fileSystem, AioRoute route)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64));
                    files.write(file, 0);
                    assertThat(files.write(file, 0)).containsEntry(AioRoute.NOWAIT, 1L);
                    whileAnotherIsSynced(
                            files,
                            () -> {
                                files.taken();
                                assertThat(files.write(file, 1)).containsEntry(route, 1L);
                                assertThat(files.read(file, 1))
                                        .isEqualTo(Map.of(AioRoute.NOWAIT, 1L));
                            });
                    assertThat(files.write(file, 1)).containsEntry(AioRoute.NOWAIT, 1L);
                });
    }

    @Test
    void aContextWithoutKernelAioHasOneWayForAllAlsoForThoseThatWait() throws Exception {
        Hold hold = new Hold();
        Path path = Files.createTempFile(FileSystemsUnderTest.directory("ext4"), "pool", "");
        try (TestLoops loops = TestLoops.nio(1)) {
            AioContext pool =
                    ((DefaultBuilder) AioContext.builder(loops.next()))
                            .syscalls(
                                    Intercepted.kernel(
                                            (call, arguments) ->
                                                    hold.hold(
                                                            call.equals("pwrite")
                                                                    && (long) arguments[2]
                                                                            == PART)))
                            .engine(AioEngine.THREAD_POOL)
                            .build();
            AioFile file = get(pool.open(path, StandardOpenOption.WRITE, AioOpenOption.DIRECT));
            Future<?> first = file.write(Unpooled.wrappedBuffer(new byte[PART]), 0);
            Intercepted.hang(hold.held);
            Future<?> second = file.write(Unpooled.wrappedBuffer(new byte[BLOCK]), 0);
            TestLoops.run(loops.next(), () -> {});
            assertThat(second.isDone()).isFalse();
            hold.released.countDown();
            get(first);
            get(second);
            get(file.close());
            for (AioRoute route : AioRoute.values()) {
                assertThat(pool.metrics().routed(route))
                        .as("%s", route)
                        .isEqualTo(route == AioRoute.THREAD_POOL ? 2 : 0);
            }
        } finally {
            Files.delete(path);
        }
    }
}
