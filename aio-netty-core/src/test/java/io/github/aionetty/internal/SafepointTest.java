// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.nativeaio.EventFd;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A JVM that holds all threads, again and again, while one of them is in {@code io_submit} nearly
 * all the time: on its way back that one has to wait, and sleeps.
 */
@Timeout(120)
class SafepointTest {
    private static final int READS = 8;
    private static final int LENGTH = 64 * 1024;
    private static final byte[] ZERO = "/dev/zero".getBytes(StandardCharsets.US_ASCII);
    private static final long THRESHOLD = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int OBJECTS = 300_000;
    private static final int HELD = 10;
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(100);

    private final Syscalls sys = LibAio.instance();
    private final DeviceState device = new DeviceState();
    private final List<StallVerdict> verdicts = new ArrayList<>();
    private final ByteBuf memory = Unpooled.directBuffer(LENGTH).writeZero(LENGTH);
    private final List<TestOperation> reads = new ArrayList<>();

    /** For the collector to look through: that takes it milliseconds. */
    private final List<Object> heap = new ArrayList<>();

    private volatile boolean over;
    private long context;
    private int eventFd;
    private int file;
    private CompletionRing ring;
    private SubmissionQueue queue;

    @BeforeEach
    void open() {
        context = sys.ioSetup(READS);
        eventFd = sys.eventFd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        file = sys.open(ZERO, OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC, 0);
        ring = CompletionRing.of(sys, context, READS);
        SleepWatch watch = new SleepWatch(sys::voluntarySwitches);
        // As after a slow call.
        watch.end(System.nanoTime(), 1);
        StallDetector stalls =
                new StallDetector(
                        THRESHOLD,
                        System::nanoTime,
                        watch,
                        new Counters(),
                        new StallLog(line -> {}),
                        (suspect, verdict, nanos) -> {
                            verdicts.add(verdict);
                            Routing.blocked(suspect, verdict, nanos);
                        });
        queue =
                new SubmissionQueue(
                        sys, context, eventFd, READS, new LoopCounter(), stalls, Long.MAX_VALUE);
        InodeState inode = new InodeState(4096, 1 << 20, 0, device);
        for (int i = 0; i < READS; i++) {
            reads.add(TestOperation.directRead(i, file, memory, LENGTH, inode));
        }
        IntStream.range(0, OBJECTS).forEach(i -> heap.add(new long[] {i}));
    }

    @AfterEach
    void close() {
        ring.close();
        queue.close();
        sys.ioDestroy(context);
        sys.close(eventFd);
        sys.close(file);
        memory.release();
    }

    private void collect() {
        while (!over) {
            System.gc();
        }
    }

    /** How long the thread was away for one call. */
    private long submit() {
        queue.newTurn();
        reads.forEach(queue::add);
        long began = System.nanoTime();
        queue.flush();
        long nanos = System.nanoTime() - began;
        queue.turnEnds();
        assertThat(ring.poll((data, res) -> {}, READS)).isEqualTo(READS);
        return nanos;
    }

    @Test
    void aCallThatTheJvmHoldsUpHasNotBlocked() throws InterruptedException {
        Thread collector = new Thread(this::collect, "collector");
        collector.start();
        int held = 0;
        boolean rested = false;
        long began = System.nanoTime();
        while (held < HELD && System.nanoTime() - began < LONGEST) {
            held += submit() >= THRESHOLD ? 1 : 0;
            rested |= device.rests(System.nanoTime());
        }
        over = true;
        collector.join();
        assertThat(heap).hasSize(OBJECTS);
        assertThat(held).as("calls that were held up").isEqualTo(HELD);
        assertThat(verdicts).doesNotContain(StallVerdict.BLOCKED);
        assertThat(rested).isFalse();
    }
}
