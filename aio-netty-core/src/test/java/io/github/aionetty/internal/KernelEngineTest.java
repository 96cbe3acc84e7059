// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kernel engine on a real epoll loop, with a kernel that answers as the test likes. */
@Timeout(30)
class KernelEngineTest {
    private static final int CAPACITY = 16;

    /** What one device may have of it. */
    private static final int IN_FLIGHT = 14;

    private static final byte[] CONTENT = Pattern.bytes(0, 100_000);

    private final FakeKernel kernel = new FakeKernel();
    private final TestLoops loops = TestLoops.epoll(1);
    private AioContext context;
    private AioFile file;
    private Path path;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        path = Files.write(directory.resolve("file"), CONTENT);
        context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(kernel.syscalls())
                        .capacity(CAPACITY)
                        .engine(AioEngine.KERNEL)
                        .build();
        RoutedFiles.withoutDetector((DefaultAioContext) context);
        file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        // As if a helper had read it before: reads start on the loop.
        ((DefaultAioFile) file).open.inode.cached(0, CONTENT.length);
    }

    @AfterEach
    void close() {
        loops.close();
    }

    /** Starts reads of 512 bytes each, in one turn of the loop, so that they go out together. */
    private List<Future<ByteBuf>> startReads(int count) {
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    for (int i = 0; i < count; i++) {
                        reads.add(file.read(i * 512L, 512));
                    }
                });
        return reads;
    }

    private static void check(Future<ByteBuf> future, int position, int length) {
        ByteBuf read = get(future);
        Pattern.check(read, CONTENT, position, length);
        read.release();
    }

    private static void checkAll(List<Future<ByteBuf>> reads) {
        for (int i = 0; i < reads.size(); i++) {
            check(reads.get(i), i * 512, 512);
        }
    }

    @Test
    void withFewInFlightEachIsSubmittedAtOnce() {
        kernel.hold();
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    for (int i = 0; i < 12; i++) {
                        reads.add(file.read(i * 512L, 512));
                        assertThat(context.metrics().submits()).isEqualTo(i + 1);
                    }
                });
        kernel.release(false);
        checkAll(reads);
        assertThat(context.metrics().completed()).isEqualTo(12);
        assertThat(context.metrics().helperTransfers()).isZero();
    }

    /** A listener that tries again at once, for ever: the loop must go on all the same. */
    @Test
    void whoRetriesWhatIsRefusedLeavesTheLoopItsTurns() {
        int[] answers = new int[10_000];
        java.util.Arrays.fill(answers, -Errno.EBADF);
        kernel.answerSubmits(answers);
        AtomicInteger tries = new AtomicInteger();
        TestLoops.run(context.eventLoop(), () -> readAgain(tries));
        for (int i = 0; i < 10; i++) {
            TestLoops.run(context.eventLoop(), () -> {});
        }
        int meanwhile = tries.get();
        Awaitility.await().until(() -> tries.get() > meanwhile);
        assertThat(meanwhile).isLessThan(answers.length);
        kernel.answerSubmits();
        Awaitility.await().until(() -> context.metrics().inFlight() == 0);
    }

    /** The same while others wait for a place, of which each refusal frees one. */
    @Test
    void soDoesWhoRetriesWhileOthersWait() {
        kernel.hold();
        AtomicInteger tries = new AtomicInteger();
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    for (int i = 0; i < IN_FLIGHT; i++) {
                        reads.add(file.read(i * 512L, 512));
                    }
                    for (int i = 0; i < 4; i++) {
                        syncAgain(tries);
                    }
                });
        assertThat(context.metrics().pending()).isEqualTo(4);
        int[] answers = new int[10_000];
        java.util.Arrays.fill(answers, -Errno.EBADF);
        kernel.answerSubmits(answers);
        AtomicInteger meanwhile = new AtomicInteger(-1);
        reads.get(0)
                .addListener(
                        first ->
                                context.eventLoop()
                                        .execute(() -> meanwhile.compareAndSet(-1, tries.get())));
        kernel.release(false);
        checkAll(reads);
        Awaitility.await().until(() -> meanwhile.get() >= 0);
        assertThat(meanwhile.get()).isLessThan(answers.length / 10);
        Awaitility.await().until(() -> context.metrics().inFlight() == 0);
        assertThat(tries).hasValueGreaterThanOrEqualTo(answers.length);
    }

    private void syncAgain(AtomicInteger tries) {
        file.fsync()
                .addListener(
                        sync -> {
                            if (!sync.isSuccess()) {
                                tries.incrementAndGet();
                                syncAgain(tries);
                            }
                        });
    }

    private void readAgain(AtomicInteger tries) {
        file.read(0, 512)
                .addListener(
                        (Future<ByteBuf> read) -> {
                            tries.incrementAndGet();
                            if (read.isSuccess()) {
                                read.getNow().release();
                            } else {
                                readAgain(tries);
                            }
                        });
    }

    @Test
    void partialSubmissionAndInterruptsLoseNothing() {
        kernel.answerSubmits(3, -Errno.EINTR, 1, 2);
        checkAll(startReads(14));
    }

    @Test
    void anOperationThatIsRefusedFailsAloneWithItsErrno() {
        kernel.refuseIocb(3, Errno.EBADF);
        List<Future<ByteBuf>> reads = startReads(8);
        Throwable failure = failure(reads.remove(2));
        assertThat(failure)
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EBADF")
                .hasMessageContaining("position=1024")
                .hasMessageContaining("length=512")
                .hasMessageContaining(path.toString());
        assertThat(((AioException) failure).errno()).isEqualTo(Errno.EBADF);
        assertThat(((AioException) failure).operation()).isEqualTo("read");
        check(reads.get(0), 0, 512);
        check(reads.get(1), 512, 512);
        for (int i = 2; i < 7; i++) {
            check(reads.get(i), (i + 1) * 512, 512);
        }
        assertThat(context.metrics().inFlight()).isZero();
    }

    @Test
    void aFullRingIsReapedBeforeTheNextTry() {
        kernel.answerSubmits(-Errno.EAGAIN, -Errno.EAGAIN, 2, -Errno.EAGAIN);
        checkAll(startReads(6));
        List<String> calls = kernel.calls();
        for (int i = 0; i < calls.size() - 1; i++) {
            if (calls.get(i).endsWith("-> -" + Errno.EAGAIN)) {
                assertThat(calls.get(i + 1)).as("after " + calls.get(i)).isEqualTo("getevents");
            }
        }
        assertThat(kernel.accepted()).extracting(FakeKernel.Submitted::offset).isSorted();
    }

    @Test
    void shortResultsGoOnWhereTheyStopped() {
        kernel.answerTransfers(100, 1000, 4000);
        check(file.read(10, 50_000), 10, 50_000);
        kernel.answerTransfers(1);
        ByteBuf dst = Unpooled.directBuffer(30_000, 30_000);
        assertThat(get(file.read(dst, 7))).isEqualTo(30_000);
        Pattern.check(dst, CONTENT, 7, 30_000);
        dst.release();
    }

    @Test
    void whatWouldBlockGoesToAHelperWithoutNowait() {
        kernel.answerTransfers(-Errno.EAGAIN);
        check(file.read(0, 4096), 0, 4096);
        assertThat(context.metrics().helperTransfers()).isOne();
        assertThat(kernel.accepted())
                .extracting(FakeKernel.Submitted::rwFlags)
                .containsExactly(Iocb.RWF_NOWAIT, 0);
    }

    @Test
    void aFileSystemThatRefusesNowaitIsAskedOnce() {
        kernel.refuseIocb(1, Errno.EOPNOTSUPP);
        for (int i = 0; i < 3; i++) {
            check(file.read(0, 4096), 0, 4096);
        }
        assertThat(kernel.accepted())
                .extracting(FakeKernel.Submitted::rwFlags)
                .containsExactly(0, 0, 0);
        assertThat(context.metrics().helperTransfers()).isEqualTo(3);
    }

    @Test
    void completionsMayComeLateAndInAnyOrder() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT);
        Future<Void> sync = file.fsync();
        TestLoops.run(context.eventLoop(), () -> {});
        assertThat(context.metrics().inFlight()).isEqualTo(IN_FLIGHT);
        assertThat(context.metrics().pending()).isOne();
        assertThat(reads).noneMatch(Future::isDone);
        kernel.release(true);
        checkAll(reads);
        get(sync);
    }

    @Test
    void noMoreThanTheCapacityIsEverInFlight() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT + 30);
        // The last batch is not full: it goes out when its turn of the loop ends.
        Awaitility.await().until(() -> kernel.accepted().size() == IN_FLIGHT);
        assertThat(context.metrics().inFlight()).isEqualTo(IN_FLIGHT);
        assertThat(context.metrics().pending()).isEqualTo(30);
        kernel.release(false);
        checkAll(reads);
        assertThat(context.metrics().inFlight()).isZero();
        assertThat(context.metrics().pending()).isZero();
        assertThat(kernel.accepted()).allMatch(op -> op.data() < CAPACITY);
    }

    @Test
    void aQueuedOperationCanBeCancelledAndOneInFlightCannot() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT + 2);
        assertThat(reads.get(0).cancel(false)).isFalse();
        assertThat(reads.get(IN_FLIGHT).cancel(false)).isTrue();
        kernel.release(false);
        assertThat(reads.remove(IN_FLIGHT).isCancelled()).isTrue();
        check(reads.remove(IN_FLIGHT), (IN_FLIGHT + 1) * 512, 512);
        checkAll(reads);
        assertThat(kernel.accepted()).hasSize(IN_FLIGHT + 1);
    }

    @Test
    void aCancelledWriteReleasesItsSource() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT);
        ByteBuf src = Unpooled.directBuffer().writeZero(100);
        Future<Integer> write = file.write(src, 0);
        TestLoops.run(context.eventLoop(), () -> assertThat(write.cancel(false)).isTrue());
        kernel.release(false);
        checkAll(reads);
        get(file.close());
        assertThat(src.refCnt()).isZero();
    }

    @Test
    void aFailedWriteReleasesItsSourceAndNamesItsPlace() {
        kernel.answerTransfers(-Errno.ENOSPC);
        ByteBuf src = Unpooled.directBuffer().writeZero(100);
        Throwable failure = failure(file.write(src, 5000));
        assertThat(failure)
                .isInstanceOf(AioException.class)
                .hasMessageContaining("write failed: ENOSPC")
                .hasMessageContaining("position=5000, length=100; free space");
        assertThat(src.refCnt()).isZero();
    }

    @Test
    void shortWritesGoOnAndAWriteOfNothingIsAnError() {
        kernel.answerTransfers(1, 10, 100);
        byte[] bytes = Pattern.bytes(0, 5000, 4);
        assertThat(get(file.write(Unpooled.wrappedBuffer(bytes), 0))).isEqualTo(5000);
        ByteBuf read = get(file.read(0, 5000));
        Pattern.check(read, bytes, 0, 5000);
        read.release();
        kernel.answerTransfers(0);
        assertThat(failure(file.write(Unpooled.wrappedBuffer(bytes), 0)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EIO");
    }

    @Test
    void aFailedReadLeavesItsBufferAsItWas() {
        // Filled straight, and by way of a buffer of our own.
        for (ByteBuf dst : List.of(Unpooled.directBuffer(2000), Unpooled.buffer(2000))) {
            dst.writeInt(7);
            kernel.answerTransfers(500, -Errno.EIO);
            assertThat(failure(file.read(dst, 0))).hasMessageContaining("EIO");
            assertThat(dst.writerIndex()).isEqualTo(4);
            assertThat(dst.refCnt()).isOne();
            dst.release();
        }
    }

    @Test
    void aFailedSyncSaysWhichFile() {
        kernel.answerTransfers(-Errno.EIO, -Errno.EIO);
        assertThat(failure(file.fsync()))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("fsync failed: EIO")
                .hasMessageContaining(path.toString());
        assertThat(failure(file.fdatasync())).hasMessageContaining("fdatasync failed");
    }

    @Test
    void closingTheFileWaitsForWhatIsInFlightAndQueued() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT + 5);
        Future<Void> closed = file.close();
        TestLoops.run(context.eventLoop(), () -> {});
        assertThat(closed.isDone()).isFalse();
        kernel.release(false);
        get(closed);
        checkAll(reads);
    }

    @Test
    void closingTheContextFailsWhatIsQueuedAndWaitsForTheRest() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT + 5);
        Future<Void> closed = context.close();
        TestLoops.run(context.eventLoop(), () -> {});
        for (int i = 0; i < 5; i++) {
            assertThat(failure(reads.remove(IN_FLIGHT)))
                    .isInstanceOf(io.github.aionetty.AioClosedException.class);
        }
        assertThat(closed.isDone()).isFalse();
        kernel.release(false);
        checkAll(reads);
        get(closed);
    }

    @Test
    void aLoopThatEndsWaitsForTheKernelBeforeAnythingIsFreed() {
        kernel.hold();
        List<Future<ByteBuf>> reads = startReads(IN_FLIGHT + 5);
        AtomicInteger released = new AtomicInteger();
        Future<?> ended = context.eventLoop().parent().shutdownGracefully();
        Awaitility.await().until(() -> !context.isOpen());
        assertThat(reads.get(0).isDone()).isFalse();
        kernel.release(false);
        for (Future<ByteBuf> read : reads) {
            if (read.awaitUninterruptibly().isSuccess()) {
                read.getNow().release();
                released.incrementAndGet();
            } else {
                assertThat(read.cause()).isInstanceOf(io.github.aionetty.AioClosedException.class);
            }
        }
        Futures.get(ended);
    }
}
