// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.nativeaio.EventFd;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.PartlyFaked;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call of {@code io_submit} and what leads to it, for so many transfers: of a file that costs
 * next to nothing to read, and without the kernel, which shows what Java costs.
 */
public class SubmitMicro extends Micro {
    private static final int CAPACITY = 64;
    private static final byte[] ZERO = "/dev/zero".getBytes(StandardCharsets.US_ASCII);

    /** Transfers a call; the result is the time of the call. */
    @Param({"1", "8"})
    public int transfers;

    private final Syscalls kernel = LibAio.instance();
    private final ByteBuf memory = Unpooled.directBuffer(Long.BYTES);
    private TestOperation[] operations;
    private long context;
    private int eventFd;
    private int file;
    private CompletionRing ring;
    private SubmissionQueue queue;
    private SubmissionQueue withoutKernel;

    @Setup
    public void open() {
        context = kernel.ioSetup(CAPACITY);
        eventFd = kernel.eventFd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        file = kernel.open(ZERO, OpenFlags.O_RDONLY, 0);
        if (context < 0 || eventFd < 0 || file < 0) {
            throw new IllegalStateException(
                    "context=" + context + " eventFd=" + eventFd + " file=" + file);
        }
        ring = CompletionRing.of(kernel, context, CAPACITY);
        queue = queue(kernel);
        // It takes all that it is offered.
        withoutKernel = queue(PartlyFaked.proxy((method, arguments) -> arguments[1]));
        operations = new TestOperation[transfers];
        for (int i = 0; i < transfers; i++) {
            operations[i] = TestOperation.read(i, file, memory, Long.BYTES, 0);
        }
    }

    private SubmissionQueue queue(Syscalls sys) {
        StallDetector stalls =
                new StallDetector(
                        TimeUnit.MICROSECONDS.toNanos(StallDetector.THRESHOLD_MICROS),
                        System::nanoTime,
                        new SleepWatch(kernel::voluntarySwitches),
                        new Counters(),
                        new StallLog(line -> {}),
                        (suspect, verdict, nanos) -> {});
        return new SubmissionQueue(
                sys, context, eventFd, CAPACITY, new LoopCounter(), stalls, Long.MAX_VALUE);
    }

    @TearDown
    public void close() {
        ring.close();
        queue.close();
        withoutKernel.close();
        kernel.ioDestroy(context);
        kernel.close(eventFd);
        kernel.close(file);
        memory.release();
    }

    /** The reads are done inside of the call; their completions have to leave the ring. */
    @Benchmark
    public int submitAndReap() {
        submit(queue);
        int reaped = ring.poll((data, res) -> {}, transfers);
        if (reaped != transfers) {
            throw new IllegalStateException("reaped=" + reaped + " of " + transfers);
        }
        return reaped;
    }

    @Benchmark
    public SubmissionQueue.Outcome submitWithoutKernel() {
        return submit(withoutKernel);
    }

    private SubmissionQueue.Outcome submit(SubmissionQueue to) {
        to.newTurn();
        for (TestOperation operation : operations) {
            to.add(operation);
        }
        return to.flush();
    }
}
