// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.aionetty.nativeaio.Iocb;
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
    private static final long NEVER = TimeUnit.DAYS.toNanos(1);

    private final Counters counters = new Counters();
    private final List<Operation> suspects = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    private StallDetector detector(long threshold) {
        return detector(threshold, new StallLog(line -> {}));
    }

    private StallDetector detector(long threshold, StallLog log) {
        return new StallDetector(
                threshold,
                counters,
                log,
                (suspect, nanos) -> {
                    suspects.add(suspect);
                    times.add(nanos);
                });
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

    private static long ago(long nanos) {
        return System.nanoTime() - nanos;
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
    void aSlowCallIsCountedAndTold() {
        StallDetector detector = detector(THRESHOLD, new StallLog(Runnable::run));
        Operation[] operations = operations("dw");
        try (Logs logs = Logs.ofInternal("StallLog")) {
            detector.after(ago(STALL), operations, 0, 2);
            assertThat(suspects).containsExactly(operations[1]);
            assertThat(times.get(0)).isBetween(STALL, 100 * STALL);
            assertThat(counters.stalls.get()).isOne();
            assertThat(counters.longestStall.get()).isEqualTo(times.get(0));
            assertThat(logs.messages())
                    .singleElement()
                    .asString()
                    .contains("operation=test, path=fd100", "batch=2", "journal");
        }
    }

    @Test
    void theLongestIsKept() {
        StallDetector detector = detector(THRESHOLD);
        for (long nanos : new long[] {STALL, 1000 * STALL, STALL}) {
            detector.after(ago(nanos), operations("d"), 0, 1);
        }
        assertThat(counters.stalls.get()).isEqualTo(3);
        assertThat(counters.longestStall.get()).isEqualTo(times.get(1)).isNotEqualTo(times.get(2));
    }

    @Test
    void aFastCallIsNothing() {
        StallDetector detector = detector(NEVER);
        detector.after(detector.before(), operations("w"), 0, 1);
        checkNothing();
    }

    private void checkNothing() {
        assertThat(suspects).isEmpty();
        assertThat(counters.stalls.get()).isZero();
        assertThat(counters.longestStall.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void switchedOffItDoesNotEvenLookAtTheClock(long threshold) {
        StallDetector detector = detector(threshold);
        assertThat(detector.before()).isZero();
        detector.after(ago(NEVER), operations("w"), 0, 1);
        checkNothing();
    }

    @Test
    void whatFailsInHereDoesNotHarmTheFlush() {
        StallDetector detector =
                new StallDetector(
                        1,
                        counters,
                        new StallLog(Runnable::run),
                        (suspect, nanos) -> {
                            throw new IllegalStateException("on purpose");
                        });
        try (Logs logs = Logs.ofInternal("StallDetector")) {
            assertThatCode(() -> detector.after(ago(STALL), operations("w"), 0, 1))
                    .doesNotThrowAnyException();
            assertThat(logs.messages()).containsExactly("a stall was not reported");
        }
        assertThat(counters.stalls.get()).isOne();
    }

    @Test
    void everyCauseSaysSomethingElseAndThatItMayHaveBeenTheCpu() {
        assertThat(Stream.of(StallCause.values()).map(each -> each.cause))
                .doesNotHaveDuplicates()
                .allMatch(cause -> cause.contains("CPU"));
        assertThat(Stream.of(StallCause.values()).map(each -> each.remedy)).doesNotHaveDuplicates();
    }
}
