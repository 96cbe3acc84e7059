// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.CallTimes;
import io.github.aionetty.support.Logs;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls are stalls, whom they are put down to, and who hears of them. */
@Timeout(20)
class StallDetectorTest {
    private static final long THRESHOLD = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(50);

    private final Counters counters = new Counters();
    private final List<Operation> suspects = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private long now = -STALL;
    private long sleeps = 5;
    private int looked;
    private int asked;

    private StallDetector detector(long threshold) {
        return detector(threshold, new StallLog(line -> {}));
    }

    private StallDetector detector(long threshold, StallLog log) {
        return detector(
                threshold,
                log,
                (suspect, verdict, nanos) -> {
                    suspects.add(suspect);
                    times.add(nanos);
                });
    }

    private StallDetector detector(long threshold, StallLog log, StallListener listener) {
        return new StallDetector(
                threshold,
                () -> {
                    looked++;
                    return now;
                },
                new SleepWatch(
                        () -> {
                            asked++;
                            return sleeps;
                        }),
                counters,
                log,
                listener);
    }

    /** A call that takes so long, and in which the thread goes to sleep so often. */
    private void call(StallDetector detector, String kinds, long nanos, int slept) {
        Operation[] operations = operations(kinds);
        call(detector, operations, nanos, slept);
    }

    private void call(StallDetector detector, Operation[] operations, long nanos, int slept) {
        long time = detector.before();
        now += nanos;
        sleeps += slept;
        if (time != 0) {
            CallTimes.tell(time, nanos, sleeps);
        }
        detector.after(operations, 0, operations.length);
    }

    /** By their first letter: write, buffered read, direct read, sync; second descriptor's read. */
    private static Operation operation(char kind) {
        int slot = 7;
        TestOperation operation =
                kind == 'd' || kind == '2'
                        ? TestOperation.directRead(slot, 100)
                        : TestOperation.read(slot, 100, Unpooled.EMPTY_BUFFER, 0, 0);
        operation.viaBuffered = kind == '2';
        if (kind == 'w') {
            operation.opcode = Iocb.PWRITE;
        } else if (kind == 's') {
            operation.opcode = Iocb.FDSYNC;
        }
        return operation;
    }

    private static Operation[] operations(String kinds) {
        return kinds.chars().mapToObj(kind -> operation((char) kind)).toArray(Operation[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "s,0",
        "d,0",
        "b,0",
        "w,0",
        "sd,1",
        "sdb,2",
        "sdbw,3",
        "wbds,0",
        "sddbbwws,5",
        "dsd,0",
        "d2b,1",
        "ssss,0",
        "dbsbd,1"
    })
    void theFirstOfTheLikeliestKindIsSuspected(String kinds, int expected) {
        Operation[] operations = operations(kinds);
        assertThat(StallDetector.suspect(operations, 0, operations.length))
                .isSameAs(operations[expected]);
    }

    @Test
    void nobodyOutsideOfTheCallIsSuspected() {
        Operation[] operations = operations("wsdbw");
        assertThat(StallDetector.suspect(operations, 1, 2)).isSameAs(operations[2]);
        // What has been submitted before and what was never queued are null.
        operations[0] = null;
        operations[4] = null;
        assertThat(StallDetector.suspect(operations, 1, 3)).isSameAs(operations[3]);
    }

    @Test
    void aCallThatBlockedIsCountedToldAndLogged() {
        StallDetector detector = detector(THRESHOLD, new StallLog(Runnable::run));
        Operation[] operations = operations("dw");
        try (Logs logs = Logs.ofInternal("StallLog")) {
            now = System.nanoTime();
            call(detector, "d", THRESHOLD, 0);
            call(detector, operations, STALL, 1);
            assertThat(suspects).hasSize(2).element(1).isSameAs(operations[1]);
            assertThat(times).containsExactly(THRESHOLD, STALL);
            assertThat(counters.stalls.get()).isEqualTo(2);
            assertThat(counters.preemptions.get()).isZero();
            assertThat(counters.longestStall.get()).isEqualTo(STALL);
            assertThat(logs.messages())
                    .singleElement()
                    .asString()
                    .contains("micros=50000", "operation=test, path=fd100", "batch=2", "journal")
                    .contains("verdict=blocked");
        }
    }

    @Test
    void aThreadThatOnlyWaitedForTheCpuIsCountedApart() {
        StallDetector detector = detector(THRESHOLD, new StallLog(Runnable::run));
        try (Logs logs = Logs.ofInternal("StallLog")) {
            now = System.nanoTime();
            call(detector, "d", THRESHOLD, 0);
            for (int i = 0; i < 100; i++) {
                detector.turnEnds();
                sleeps++; // in epoll_wait
                call(detector, "w", STALL, 0);
            }
            assertThat(suspects).hasSize(1);
            assertThat(counters.stalls.get()).isOne();
            assertThat(counters.longestStall.get()).isEqualTo(THRESHOLD);
            assertThat(counters.preemptions.get()).isEqualTo(100);
            assertThat(logs.messages()).isEmpty();
        }
    }

    /** Nobody has counted: it may have been a stall, but is no warning. */
    @Test
    void theFirstSlowCallIsCountedAndToldButNotLogged() {
        StallDetector detector = detector(THRESHOLD, new StallLog(Runnable::run));
        try (Logs logs = Logs.ofInternal("StallLog")) {
            now = System.nanoTime();
            for (int i = 1; i <= 3; i++) {
                now += SleepWatch.PERIOD;
                call(detector, "d", STALL, 1);
                assertThat(suspects).hasSize(i);
                assertThat(counters.stalls.get()).isEqualTo(i);
            }
            assertThat(logs.messages()).isEmpty();
        }
    }

    /** Those of the system call are taken in C. */
    @Test
    void aHealthyLoopCostsNoLookAtTheClock() {
        StallDetector detector = detector(THRESHOLD);
        for (int i = 0; i < 1000; i++) {
            call(detector, "w", THRESHOLD - 1, 1);
        }
        assertThat(looked).isZero();
        assertThat(asked).isZero();
        checkNothing();
    }

    @Test
    void afterASlowCallTheCountIsAskedForOnceInAShortTurn() {
        StallDetector detector = detector(THRESHOLD);
        call(detector, "w", STALL, 1);
        for (int i = 0; i < 1000; i++) {
            detector.turnEnds();
            call(detector, "w", SleepWatch.FRESH / 2, 1);
            call(detector, "w", SleepWatch.FRESH / 2, 0);
        }
        assertThat(asked).isEqualTo(1000);
        assertThat(counters.stalls.get()).isOne();
    }

    /** As a garbage collection does before the call, behind it, and on the way back from it. */
    @Test
    void whatTheJvmTakesIsNotTheCalls() {
        StallDetector detector = detector(THRESHOLD);
        call(detector, "w", STALL, 1);
        for (int i = 0; i < 100; i++) {
            held();
            long time = detector.before();
            now += THRESHOLD - 1;
            CallTimes.tell(time, THRESHOLD - 1, sleeps);
            held();
            detector.after(operations("w"), 0, 1);
        }
        assertThat(counters.stalls.get()).isOne();
        assertThat(counters.preemptions.get()).isZero();
        assertThat(times).containsExactly(STALL);
    }

    /** One call of the turn was kept from the CPU, and the JVM held all threads before it. */
    @Test
    void whatTheJvmSleepsWithinATurnIsNotTheCalls() {
        StallDetector detector = detector(THRESHOLD);
        call(detector, "w", STALL, 1);
        for (int i = 0; i < 100; i++) {
            call(detector, "w", 1, 0);
            held();
            call(detector, "w", STALL, 0);
        }
        assertThat(counters.stalls.get()).isOne();
        assertThat(counters.preemptions.get()).isEqualTo(100);
    }

    @Test
    void whatTheJvmTakesWhileTheCountIsAskedForIsNotTheCalls() {
        StallDetector detector =
                new StallDetector(
                        THRESHOLD,
                        () -> now,
                        new SleepWatch(
                                () -> {
                                    held();
                                    return sleeps - 1;
                                }),
                        counters,
                        new StallLog(line -> {}),
                        (suspect, verdict, nanos) ->
                                assertThat(verdict).isEqualTo(StallVerdict.UNKNOWN));
        for (int i = 0; i < 10; i++) {
            call(detector, "w", STALL, 0);
        }
        assertThat(counters.stalls.get()).isEqualTo(10);
    }

    private void held() {
        now += STALL;
        sleeps++;
    }

    /** Somebody who answers in the kernel's place may not write the time. */
    @Test
    void aCallThatDoesNotTellIsNotJudgedByTheLastOnesTime() {
        StallDetector detector = detector(THRESHOLD);
        call(detector, "w", STALL, 1);
        detector.before();
        detector.after(operations("w"), 0, 1);
        assertThat(times).containsExactly(STALL);
    }

    @Test
    void theLongestIsKept() {
        StallDetector detector = detector(THRESHOLD);
        for (long nanos : new long[] {STALL, 1000 * STALL, STALL}) {
            call(detector, "d", nanos, 1);
        }
        assertThat(counters.stalls.get()).isEqualTo(3);
        assertThat(counters.longestStall.get()).isEqualTo(1000 * STALL);
    }

    private void checkNothing() {
        assertThat(suspects).isEmpty();
        assertThat(counters.stalls.get()).isZero();
        assertThat(counters.preemptions.get()).isZero();
        assertThat(counters.longestStall.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void switchedOffItDoesNotEvenLookAtTheClock(long threshold) {
        StallDetector detector = detector(threshold);
        call(detector, "w", STALL, 1);
        assertThat(looked + asked).isZero();
        checkNothing();
    }

    @Test
    void whatFailsInHereDoesNotHarmTheFlush() {
        StallDetector detector =
                detector(
                        THRESHOLD,
                        new StallLog(Runnable::run),
                        (suspect, verdict, nanos) -> {
                            throw new IllegalStateException("on purpose");
                        });
        try (Logs logs = Logs.ofInternal("StallDetector")) {
            assertThatCode(() -> call(detector, "w", STALL, 1)).doesNotThrowAnyException();
            assertThat(logs.messages()).containsExactly("a stall was not reported");
        }
        assertThat(counters.stalls.get()).isOne();
    }

    @Test
    void everyCauseSaysSomethingElse() {
        assertThat(Stream.of(StallCause.values()).map(each -> each.cause)).doesNotHaveDuplicates();
        assertThat(Stream.of(StallCause.values()).map(each -> each.remedy)).doesNotHaveDuplicates();
    }
}
