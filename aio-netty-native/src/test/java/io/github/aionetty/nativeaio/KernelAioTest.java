// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations through the real kernel, on a file in the temporary directory. */
@Timeout(60)
class KernelAioTest {
    private static final int CAPACITY = 8;
    private static final int SIZE = 10_000;
    private static final long FOR_EVER = -1;

    private final Syscalls sys = LibAio.instance();
    private final IocbArray iocbs = new IocbArray(CAPACITY);
    private final IoEvents events = new IoEvents(CAPACITY);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
    private final long address = Memory.address(buffer);
    private final byte[] content = new byte[SIZE];
    private long context;
    private int fd;
    private Path file;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        for (int i = 0; i < SIZE; i++) {
            content[i] = (byte) (i % 251);
        }
        file = Files.write(directory.resolve("file"), content);
        context = sys.ioSetup(CAPACITY);
        assertThat(context).isPositive();
        byte[] path = file.toString().getBytes(StandardCharsets.UTF_8);
        fd = sys.open(path, OpenFlags.O_RDWR | OpenFlags.O_CLOEXEC, 0);
        assertThat(fd).isNotNegative();
    }

    @AfterEach
    void close() {
        assertThat(sys.close(fd)).isZero();
        assertThat(sys.ioDestroy(context)).isZero();
    }

    private void prepare(int index, int opcode, int descriptor, int length, long position) {
        iocbs.set(index, 100 + index, opcode, 0, descriptor, address, length, position, -1);
    }

    private int submit(int first, int count) {
        return sys.ioSubmit(context, count, iocbs.pointers(first));
    }

    private int get(int least, long timeout) {
        return sys.ioGetEvents(context, least, CAPACITY, events.address(), timeout);
    }

    private long resultOf(int opcode, int length, long position) {
        prepare(0, opcode, fd, length, position);
        return resultOfFirst();
    }

    private long resultOfSync(int opcode) {
        iocbs.set(0, 100, opcode, 0, fd, 0, 0, 0, -1);
        return resultOfFirst();
    }

    private long resultOfFirst() {
        assertThat(submit(0, 1)).isEqualTo(1);
        assertThat(get(1, FOR_EVER)).isEqualTo(1);
        assertThat(events.data(0)).isEqualTo(100);
        assertThat(events.obj(0)).isEqualTo(iocbs.address(0));
        assertThat(events.res2(0)).isZero();
        return events.res(0);
    }

    @Test
    void readsFillTheBufferUpToTheEndOfTheFile() {
        assertThat(resultOf(Iocb.PREAD, 500, 3_000)).isEqualTo(500);
        for (int i = 0; i < 500; i++) {
            assertThat(buffer.get(i)).isEqualTo(content[3_000 + i]);
        }
        assertThat(resultOf(Iocb.PREAD, 500, SIZE - 10)).isEqualTo(10);
        assertThat(resultOf(Iocb.PREAD, 500, SIZE)).isZero();
        assertThat(resultOf(Iocb.PREAD, 500, Long.MAX_VALUE / 2)).isZero();
    }

    @Test
    void writesAreThereForOthersAndCanBeMadeDurable() throws IOException {
        buffer.put(0, "written".getBytes(StandardCharsets.US_ASCII));
        assertThat(resultOf(Iocb.PWRITE, 7, 20_000)).isEqualTo(7);
        assertThat(resultOfSync(Iocb.FDSYNC)).isZero();
        assertThat(resultOfSync(Iocb.FSYNC)).isZero();
        byte[] all = Files.readAllBytes(file);
        assertThat(all).hasSize(20_007).startsWith(content);
        assertThat(new String(all, 20_000, 7, StandardCharsets.US_ASCII)).isEqualTo("written");
    }

    @Test
    void vectorsReadIntoSeveralBuffers() {
        ByteBuffer iovecs = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
        iovecs.putLong(address).putLong(3).putLong(address + 100).putLong(5);
        iocbs.set(0, 1, Iocb.PREADV, 0, fd, Memory.address(iovecs), 2, 10, -1);
        assertThat(submit(0, 1)).isEqualTo(1);
        assertThat(get(1, FOR_EVER)).isEqualTo(1);
        assertThat(events.res(0)).isEqualTo(8);
        assertThat(buffer.get(2)).isEqualTo(content[12]);
        assertThat(buffer.get(100)).isEqualTo(content[13]);
    }

    @Test
    void theEventFdCountsCompletions() throws IOException {
        int signal = sys.eventFd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        assertThat(signal).isNotNegative();
        assertThat(countOf(signal)).isZero();
        for (int i = 0; i < 3; i++) {
            iocbs.set(i, i, Iocb.PREAD, 0, fd, address, 1, i, signal);
        }
        assertThat(submit(0, 3)).isEqualTo(3);
        assertThat(get(3, FOR_EVER)).isEqualTo(3);
        assertThat(countOf(signal)).isEqualTo(3);
        assertThat(sys.close(signal)).isZero();
    }

    private static long countOf(int eventFd) throws IOException {
        String label = "eventfd-count:";
        for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + eventFd))) {
            if (line.startsWith(label)) {
                return Long.parseLong(line.substring(label.length()).trim(), 16);
            }
        }
        throw new AssertionError("no eventfd: " + eventFd);
    }

    @Test
    void aPollCompletesWhenThereIsSomethingToRead() {
        int signal = sys.eventFd(1, EventFd.EFD_CLOEXEC);
        iocbs.set(0, 7, Iocb.POLL, 0, signal, Iocb.POLLIN, 0, 0, -1);
        assertThat(submit(0, 1)).isEqualTo(1);
        assertThat(get(1, FOR_EVER)).isEqualTo(1);
        assertThat(events.res(0) & Iocb.POLLIN).isEqualTo(Iocb.POLLIN);
        assertThat(sys.close(signal)).isZero();
    }

    @Test
    void withoutEventsGetEventsWaitsAsLongAsItWasTold() {
        assertThat(get(1, 0)).isZero();
        assertThat(get(0, FOR_EVER)).isZero();
        long start = System.nanoTime();
        assertThat(get(1, Duration.ofMillis(30).toNanos())).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void onlyAPollCanBeCancelled() {
        int signal = sys.eventFd(0, EventFd.EFD_CLOEXEC);
        iocbs.set(0, 7, Iocb.POLL, 0, signal, Iocb.POLLIN, 0, 0, -1);
        assertThat(submit(0, 1)).isEqualTo(1);
        assertThat(get(1, 0)).isZero();
        int cancelled = sys.ioCancel(context, iocbs.address(0), events.address());
        assertThat(cancelled).isEqualTo(-Errno.EINPROGRESS);
        assertThat(get(1, FOR_EVER)).isEqualTo(1);
        assertThat(events.data(0)).isEqualTo(7);

        prepare(1, Iocb.PREAD, fd, 10, 0);
        assertThat(submit(1, 1)).isEqualTo(1);
        assertThat(sys.ioCancel(context, iocbs.address(1), events.address()))
                .isEqualTo(-Errno.EINVAL);
        assertThat(get(1, FOR_EVER)).isEqualTo(1);
        assertThat(sys.close(signal)).isZero();
    }

    @Test
    void submissionStopsAtTheFirstBadOperation() {
        prepare(0, Iocb.PREAD, fd, 10, 0);
        prepare(1, Iocb.PREAD, 1_000_000, 10, 0);
        prepare(2, Iocb.PREAD, fd, 10, 0);
        assertThat(submit(0, 3)).isEqualTo(1);
        assertThat(submit(1, 2)).isEqualTo(-Errno.EBADF);
        assertThat(submit(2, 1)).isEqualTo(1);
        assertThat(get(2, FOR_EVER)).isEqualTo(2);
    }

    @Test
    void absurdOperationsAreRefused() {
        assertThat(submit(0, 0)).isZero();
        prepare(0, Iocb.FSYNC, fd, 0, 0);
        assertThat(submit(0, 1)).as("fsync with a buffer").isEqualTo(-Errno.EINVAL);
        prepare(0, Iocb.NOOP, fd, 0, 0);
        assertThat(submit(0, 1)).isEqualTo(-Errno.EINVAL);
        prepare(0, 99, fd, 0, 0);
        assertThat(submit(0, 1)).isEqualTo(-Errno.EINVAL);
        iocbs.set(0, 0, Iocb.PREAD, 0, fd, address, -1, 0, -1);
        assertThat(submit(0, 1)).isEqualTo(-Errno.EINVAL);
        iocbs.set(0, 0, Iocb.PREAD, 0, fd, address, 1, 0, fd);
        assertThat(submit(0, 1)).as("resfd is no eventfd").isEqualTo(-Errno.EINVAL);
        assertThat(sys.ioSubmit(context, 1, 8)).isEqualTo(-Errno.EFAULT);
    }

    @Test
    void aFullContextSaysEagainUntilItsEventsAreTaken() {
        long small = sys.ioSetup(1);
        CompletionRing ring = CompletionRing.of(sys, small, 1);
        prepare(0, Iocb.PREAD, fd, 1, 0);
        int accepted = 0;
        int result;
        while ((result = sys.ioSubmit(small, 1, iocbs.pointers(0))) == 1) {
            accepted++;
        }
        assertThat(result).isEqualTo(-Errno.EAGAIN);
        assertThat(accepted).isPositive();
        assertThat(ring.poll((data, res) -> {}, Integer.MAX_VALUE)).isEqualTo(accepted);
        assertThat(sys.ioSubmit(small, 1, iocbs.pointers(0))).isEqualTo(1);
        ring.close();
        assertThat(sys.ioDestroy(small)).isZero();
    }

    @Test
    void destroyedContextsAreRefused() {
        long other = sys.ioSetup(1);
        assertThat(sys.ioDestroy(other)).isZero();
        assertThat(sys.ioDestroy(other)).isEqualTo(-Errno.EINVAL);
        prepare(0, Iocb.PREAD, fd, 1, 0);
        assertThat(sys.ioSubmit(other, 1, iocbs.pointers(0))).isEqualTo(-Errno.EINVAL);
        assertThat(sys.ioGetEvents(other, 0, 1, events.address(), 0)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.ioGetEvents(other, 1, 1, events.address(), FOR_EVER))
                .isEqualTo(-Errno.EINVAL);
        assertThat(sys.ioCancel(other, iocbs.address(0), events.address()))
                .isEqualTo(-Errno.EINVAL);
    }

    @Test
    void contextsBeyondTheLimitsAreRefused() throws IOException {
        // Not readString: it starts with one byte, and a sysctl gives nothing after the first read.
        long limit = Long.parseLong(Files.readAllLines(Path.of("/proc/sys/fs/aio-max-nr")).get(0));
        // From some 4 million on the kernel says EINVAL before it looks at the limit.
        int expected = limit < 4_000_000 ? Errno.EAGAIN : Errno.EINVAL;
        assertThat(sys.ioSetup((int) Math.min(limit + 1, Integer.MAX_VALUE))).isEqualTo(-expected);
        assertThat(sys.ioSetup(0)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.ioSetup(-1)).isEqualTo(-Errno.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "syscall"})
    void everyEventComesOnceThroughTheRingWhileItWraps(String reap) {
        List<Long> seen = new ArrayList<>();
        System.setProperty(CompletionRing.REAP_PROPERTY, reap);
        CompletionRing ring;
        try {
            ring = CompletionRing.of(sys, context, CAPACITY);
        } finally {
            System.clearProperty(CompletionRing.REAP_PROPERTY);
        }
        assertThat(ring.mapped()).isEqualTo(reap.equals("ring"));
        assertThat(ring.size()).isGreaterThanOrEqualTo(CAPACITY);
        int rounds = 3 * ring.size();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < CAPACITY; i++) {
                long data = (long) round * CAPACITY + i;
                iocbs.set(i, data, Iocb.PREAD, 0, fd, address, 16, 16L * i, -1);
            }
            assertThat(submit(0, CAPACITY)).isEqualTo(CAPACITY);
            int before = seen.size();
            while (seen.size() < before + CAPACITY) {
                int handled =
                        ring.poll(
                                (data, res) -> {
                                    assertThat(res).isEqualTo(16);
                                    seen.add(data);
                                },
                                3);
                assertThat(handled).isNotNegative();
            }
        }
        assertThat(ring.hasEvents()).isFalse();
        assertThat(seen).hasSize(rounds * CAPACITY).doesNotHaveDuplicates();
        assertThat(get(1, 0)).as("the kernel agrees that nothing is left").isZero();
        ring.close();
    }

    @Test
    void whatTheRingWasNotAskedForIsLeftToGetEvents() {
        CompletionRing ring = CompletionRing.of(sys, context, CAPACITY);
        prepare(0, Iocb.PREAD, fd, 1, 0);
        prepare(1, Iocb.PREAD, fd, 1, 0);
        assertThat(submit(0, 2)).isEqualTo(2);
        while (ring.poll((data, res) -> {}, 1) == 0) {
            Thread.onSpinWait();
        }
        ring.close();
        assertThat(get(1, FOR_EVER)).isEqualTo(1);
        assertThatCode(() -> ring.poll((data, res) -> {}, 1)).doesNotThrowAnyException();
    }
}
