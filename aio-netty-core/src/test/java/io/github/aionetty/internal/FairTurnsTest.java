// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.support.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads that the page cache answers at once leave the loop to others, too. */
@Timeout(60)
class FairTurnsTest {
    private static final int MIB = 1024 * 1024;

    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private Path path;

    /** What {@code io_submit} is offered on the loop: confined to it. */
    private long longestTransfer;

    private long bytesOfTurn;
    private long mostBytesOfTurn;

    @BeforeEach
    void make() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "turns", "");
    }

    @AfterEach
    void close() throws IOException {
        loops.close();
        Files.delete(path);
    }

    private AioFile open() {
        Syscalls recording =
                Intercepted.kernel(
                        (call, arguments) -> {
                            if (call.equals("ioSubmit") && loop.inEventLoop()) {
                                Intercepted.transfers(arguments).forEach(this::submitted);
                            }
                            return null;
                        });
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loop)).syscalls(recording).build();
        return get(context.open(path));
    }

    private void submitted(Intercepted.Transfer transfer) {
        longestTransfer = Math.max(longestTransfer, transfer.length());
        bytesOfTurn += transfer.length();
        mostBytesOfTurn = Math.max(mostBytesOfTurn, bytesOfTurn);
    }

    /** Reads the same again and again. */
    private static final class Reader implements FutureListener<ByteBuf> {
        private final AioFile file;
        private final AtomicInteger left;

        Reader(AioFile file, AtomicInteger running) {
            this.file = file;
            this.left = running;
        }

        void next() {
            file.read(0, 4096).addListener(this);
        }

        @Override
        public void operationComplete(Future<ByteBuf> read) {
            read.getNow().release();
            if (left.get() > 0) {
                next();
            } else {
                left.decrementAndGet();
            }
        }
    }

    @Test
    void readersThatNeverPauseKeepOneTurnQueuedAndLetOtherTasksThrough() throws Exception {
        Files.write(path, new byte[65_536]);
        AioFile file = open();
        get(file.read(0, 65_536)).release();
        AtomicInteger running = new AtomicInteger(1);
        int readers = 250;
        loop.execute(
                () -> {
                    for (int i = 0; i < readers; i++) {
                        new Reader(file, running).next();
                    }
                });
        List<Long> pings = new ArrayList<>();
        int mostQueued = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() < end) {
            long started = System.nanoTime();
            int queued = get(loop.submit(() -> ((SingleThreadEventExecutor) loop).pendingTasks()));
            pings.add(System.nanoTime() - started);
            mostQueued = Math.max(mostQueued, queued);
            Thread.sleep(1);
        }
        running.set(0);
        get(file.close());
        pings.sort(null);
        long median = TimeUnit.NANOSECONDS.toMillis(pings.get(pings.size() / 2));
        assertThat(mostQueued).as("tasks queued").isLessThan(8);
        assertThat(median).as("median ms of a task's way through the loop").isLessThan(20);
    }

    @Test
    void aLongCachedReadIsCutAndStaysWhole() throws Exception {
        int length = 64 * MIB;
        byte[] content = Pattern.bytes(0, length);
        Files.write(path, content);
        AioFile file = open();
        ByteBuf read = get(file.read(0, length));
        Pattern.check(read, content, 0, length);
        read.release();
        get(file.close());
        assertThat(longestTransfer).as("bytes of a transfer").isLessThanOrEqualTo(256 * 1024);
    }

    @Test
    void manyCachedReadsAtOnceAreSpreadOverTurns() throws Exception {
        int piece = 256 * 1024;
        int pieces = 200;
        byte[] content = Pattern.bytes(0, piece);
        byte[] whole = new byte[piece * pieces];
        for (int i = 0; i < pieces; i++) {
            System.arraycopy(content, 0, whole, i * piece, piece);
        }
        Files.write(path, whole);
        AioFile file = open();
        List<Future<ByteBuf>> reads = new ArrayList<>();
        boolean[] ended = new boolean[1];
        TestLoops.run(
                loop,
                () -> {
                    Turns.each(
                            (SingleThreadEventLoop) loop, () -> bytesOfTurn = 0, () -> !ended[0]);
                    for (int i = 0; i < pieces; i++) {
                        reads.add(file.read((long) i * piece, piece));
                    }
                });
        for (Future<ByteBuf> each : reads) {
            ByteBuf read = get(each);
            Pattern.check(read, content, 0, piece);
            read.release();
        }
        TestLoops.run(loop, () -> ended[0] = true);
        get(file.close());
        // Two MiB, and the batch that goes over it.
        assertThat(mostBytesOfTurn).as("bytes copied in one turn").isLessThanOrEqualTo(4L * MIB);
    }
}
