// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.CallTimes;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Intercepted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue against a kernel that takes what it likes. */
@Timeout(20)
class SubmissionQueueTest {
    private static final int CAPACITY = 32;
    private static final int EVENT_FD = 99;
    private static final int BATCH = SubmissionQueue.MAX_BATCH;

    /** So many are granted whatever the time. */
    private static final int TRIES = 20;

    private final FakeKernel kernel = new FakeKernel();
    private final long context = kernel.syscalls().ioSetup(CAPACITY);
    private final LoopCounter submits = new LoopCounter();
    private final ByteBuf memory = Unpooled.directBuffer(4096);
    private final List<Operation> suspects = new ArrayList<>();
    private long sleeps;

    /** With a threshold of a nanosecond, that every call reaches; each one sleeps. */
    private SubmissionQueue queue = queue(Long.MAX_VALUE);

    private SubmissionQueue queue(long patienceNanos) {
        return new SubmissionQueue(
                Intercepted.over(
                        kernel.syscalls(),
                        (call, arguments) -> {
                            CallTimes.tell(arguments, 1, ++sleeps);
                            return null;
                        }),
                context,
                EVENT_FD,
                CAPACITY,
                submits,
                new StallDetector(
                        1,
                        System::nanoTime,
                        new SleepWatch(() -> ++sleeps),
                        new Counters(),
                        new StallLog(line -> {}),
                        (suspect, verdict, nanos) -> suspects.add(suspect)),
                patienceNanos);
    }

    @BeforeEach
    void nothingCompletes() {
        kernel.hold();
    }

    @AfterEach
    void free() {
        queue.close();
        memory.release();
    }

    /** Queues operations whose slot and file number say which they are. */
    private List<TestOperation> add(int first, int count) {
        List<TestOperation> added = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            TestOperation operation = TestOperation.read(i, 1000 + i, memory, 10 + i, 4096L * i);
            queue.add(operation);
            added.add(operation);
        }
        return added;
    }

    private List<Integer> acceptedSlots() {
        return kernel.accepted().stream().map(op -> (int) op.data()).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private void checkNothingRefused() {
        assertThat(queue.pollRefused()).isNull();
    }

    @Test
    void anIocbSaysWhatItsOperationSays() {
        TestOperation operation = TestOperation.read(5, 17, memory, 1234, 1L << 40);
        operation.rwFlags = Iocb.RWF_NOWAIT;
        operation.memoryIndex = 8;
        queue.add(operation);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(kernel.accepted())
                .containsExactly(
                        new FakeKernel.Submitted(
                                5,
                                Iocb.PREAD,
                                Iocb.RWF_NOWAIT,
                                17,
                                memory.memoryAddress() + 8,
                                1234,
                                1L << 40,
                                EVENT_FD));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "15, 1", "16, 2", "31, 3", "32, 8", "63, 15", "64, 16", "999, 16"})
    void aBatchIsAnEighthOfFewInFlightAndAQuarterOfMany(int inFlight, int batch) {
        assertThat(SubmissionQueue.batch(inFlight)).isEqualTo(batch);
    }

    /** Each may be copied out of the page cache inside of the call, 2 MiB in a turn. */
    @Test
    void aCallCopiesNoMoreThanTheTurnHasLeft() {
        for (int i = 0; i < 12; i++) {
            queue.add(TestOperation.read(i, i, memory, 1 << 18, 0));
        }
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.ENOUGH);
        assertThat(kernel.calls()).containsExactly("submit 8 -> 8");
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.ENOUGH);
        queue.newTurn();
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(kernel.calls()).containsExactly("submit 8 -> 8", "submit 4 -> 4");
    }

    @Test
    void whatIsReadPastThePageCacheCopiesNothing() {
        for (int i = 0; i < BATCH; i++) {
            TestOperation read = TestOperation.directRead(i, i);
            read.transferLength = 1 << 20;
            queue.add(read);
        }
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(kernel.calls()).containsExactly("submit 16 -> 16");
    }

    @Test
    void whatIsQueuedGoesOutInBatchesAndInOrder() {
        add(0, BATCH + 3);
        assertThat(queue.size()).isEqualTo(BATCH + 3);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(acceptedSlots()).isEqualTo(range(0, BATCH + 3));
        assertThat(kernel.calls()).containsExactly("submit 16 -> 16", "submit 3 -> 3");
        assertThat(submits.get()).isEqualTo(2);
    }

    @Test
    void anEmptyQueueMakesNoCall() {
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(kernel.calls()).isEmpty();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void theKernelMayTakeSomeAndThenTheRest() {
        add(0, BATCH);
        kernel.answerSubmits(3, 1, 2);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(acceptedSlots()).isEqualTo(range(0, BATCH));
        checkNothingRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 9, 12})
    void exactlyTheBadOneIsRefusedAndTheRestGoesOn(int bad) {
        List<TestOperation> added = add(0, 12);
        kernel.refuseIocb(bad, Errno.EBADF);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        List<Integer> good = new ArrayList<>(range(0, 12));
        good.remove(bad - 1);
        assertThat(acceptedSlots()).isEqualTo(good);
        Operation refused = queue.pollRefused();
        assertThat(refused).isSameAs(added.get(bad - 1));
        assertThat(refused.result).isEqualTo(-Errno.EBADF);
        checkNothingRefused();
    }

    @Test
    void allMayBeBad() {
        List<TestOperation> added = add(0, 10);
        int[] answers = new int[10];
        for (int i = 0; i < 10; i++) {
            answers[i] = i % 2 == 0 ? -Errno.EBADF : -Errno.EINVAL;
        }
        kernel.answerSubmits(answers);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        for (int i = 0; i < 10; i++) {
            Operation refused = queue.pollRefused();
            assertThat(refused).isSameAs(added.get(i));
            assertThat(refused.result).isEqualTo(answers[i]);
        }
        checkNothingRefused();
        assertThat(kernel.accepted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-Errno.EAGAIN, 0})
    void aKernelWithoutRoomKeepsTheOrderUntilTheNextFlush(int noRoom) {
        add(0, 6);
        kernel.answerSubmits(2, noRoom, noRoom);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.FULL);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(kernel.calls()).as("one try, then it is for the caller to reap").hasSize(2);
        add(6, 2);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.FULL);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(acceptedSlots()).isEqualTo(range(0, 8));
        checkNothingRefused();
    }

    @Test
    void afterPatienceTheFirstFailsAndEachBehindItThatIsRefusedStill() {
        queue.close();
        queue = queue(0);
        List<TestOperation> added = add(0, 4);
        int[] answers = new int[TRIES + 3];
        Arrays.fill(answers, -Errno.EAGAIN);
        answers[TRIES + 2] = 1;
        kernel.answerSubmits(answers);
        for (int i = 0; i < TRIES; i++) {
            assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.FULL);
            checkNothingRefused();
        }
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        for (int i = 0; i < 2; i++) {
            Operation refused = queue.pollRefused();
            assertThat(refused).isSameAs(added.get(i));
            assertThat(refused.cause).hasMessageContaining("EAGAIN");
        }
        checkNothingRefused();
        assertThat(acceptedSlots()).as("what the kernel takes goes on").containsExactly(2, 3);
        add(4, 1);
        kernel.answerSubmits(-Errno.EAGAIN);
        assertThat(queue.flush()).as("patience anew").isEqualTo(SubmissionQueue.Outcome.FULL);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
    }

    @Test
    void anInterruptedCallIsMadeAgain() {
        add(0, 3);
        kernel.answerSubmits(-Errno.EINTR, 1, -Errno.EINTR, -Errno.EINTR);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(acceptedSlots()).isEqualTo(range(0, 3));
        checkNothingRefused();
    }

    @Test
    void aStallIsPutDownToWhatTheCallHasDealtWith() {
        List<TestOperation> added = add(0, 12);
        added.get(3).opcode = Iocb.PWRITE;
        added.get(11).opcode = Iocb.PWRITE;
        for (int sync : new int[] {0, 1, 4, 5}) {
            added.get(sync).opcode = Iocb.FSYNC;
        }
        // The call stops at the one that follows those it takes.
        kernel.answerSubmits(1, 1, 1, -Errno.EBADF, 2, 6);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(suspects)
                .containsExactly(
                        added.get(0),
                        added.get(2),
                        added.get(3),
                        added.get(3),
                        added.get(6),
                        added.get(11));
    }

    @Test
    void whatIsLeftMovesToTheFrontWhenTheArrayIsFull() {
        add(0, CAPACITY);
        kernel.answerSubmits(5, -Errno.EAGAIN);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.FULL);
        add(CAPACITY, 5);
        kernel.answerSubmits(8, 8, 8, 3, -Errno.EAGAIN);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.FULL);
        add(CAPACITY + 5, 27);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(acceptedSlots()).isEqualTo(range(0, CAPACITY + 32));
        for (FakeKernel.Submitted op : kernel.accepted()) {
            int slot = (int) op.data();
            assertThat(op.fd()).isEqualTo(1000 + slot);
            assertThat(op.length()).isEqualTo(10 + slot);
            assertThat(op.offset()).isEqualTo(4096L * slot);
        }
    }

    @Test
    void whatIsWithdrawnIsNotSubmitted() {
        List<TestOperation> added = add(0, 4);
        kernel.answerSubmits(1, -Errno.EAGAIN);
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.FULL);
        assertThat(queue.poll()).isSameAs(added.get(1));
        assertThat(queue.poll()).isSameAs(added.get(2));
        assertThat(queue.flush()).isEqualTo(SubmissionQueue.Outcome.DONE);
        assertThat(acceptedSlots()).containsExactly(0, 3);
    }
}
