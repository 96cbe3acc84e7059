// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.aionetty.support.Logs;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line in ten seconds, that says what there is to say. */
@Timeout(20)
class StallLogTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Logs logs = Logs.ofInternal("StallLog");
    private final Deque<Runnable> lines = new ArrayDeque<>();

    /** Later than the making of a log. */
    private final long start = System.nanoTime() + SECOND;

    @AfterEach
    void close() {
        logs.close();
    }

    private static Stall stall(int batch) {
        return stall(batch, StallVerdict.BLOCKED);
    }

    private static Stall stall(int batch, StallVerdict verdict) {
        return new Stall(
                "read",
                Path.of("/data/file"),
                "ext4",
                StallCause.DIRECT_READ,
                verdict,
                1L << 40,
                4096,
                batch,
                TimeUnit.MICROSECONDS.toNanos(20_123),
                "loop-1");
    }

    @Test
    void aLineNamesAllThatIsKnownAndWhatToDo() {
        new StallLog(Runnable::run).report(stall(3), start);
        assertThat(logs.messages())
                .containsExactly(
                        "io_submit has stopped an event loop: micros=20123, operation=read,"
                                + " path=/data/file, fileSystem=ext4, position=1099511627776,"
                                + " length=4096, batch=3, loop=loop-1, verdict=blocked; likely"
                                + " cause: "
                                + StallCause.DIRECT_READ.cause
                                + StallVerdict.BLOCKED.doubt
                                + "; remedy: "
                                + StallCause.DIRECT_READ.remedy
                                + "; notLogged=0 since the last such line; threshold:"
                                + " io.github.aionetty.stallThresholdMicros=2000");
    }

    @Test
    void thereIsOneInTenSecondsAndItTellsHowManyThereWere() {
        StallLog log = new StallLog(Runnable::run);
        for (int tenths = 0; tenths < 250; tenths++) {
            log.report(stall(tenths + 1), start + tenths * SECOND / 10);
        }
        assertThat(logs.messages()).hasSize(3);
        assertThat(logs.messages().get(0)).contains("batch=1,", "notLogged=0");
        assertThat(logs.messages().get(1)).contains("batch=101,", "notLogged=99");
        assertThat(logs.messages().get(2)).contains("batch=201,", "notLogged=99");
    }

    /** It is not even queued where nobody reads it, and never keeps a warning back. */
    @ParameterizedTest
    @EnumSource(names = {"PREEMPTED", "UNKNOWN"})
    void whatMayHaveBeenTheCpuIsNoWarning(StallVerdict verdict) {
        StallLog log = new StallLog(lines::add);
        log.report(stall(1, verdict), start);
        assertThat(lines).isEmpty();
        try (Logs all = Logs.ofInternal("StallLog").at(Level.DEBUG)) {
            log.report(stall(2, verdict), start);
            log.report(stall(3, verdict), start);
            log.report(stall(4), start);
            log.report(stall(5), start);
            lines.forEach(Runnable::run);
            assertThat(all.messages()).hasSize(2);
            assertThat(all.messages().get(0)).contains("batch=2", "verdict=" + verdict.label());
            assertThat(all.messages().get(1)).contains("batch=4", "verdict=blocked");
        }
        try (Logs all = Logs.ofInternal("StallLog").at(Level.INFO)) {
            log.report(stall(6, verdict), start + 1000 * SECOND);
            lines.forEach(Runnable::run);
            assertThat(all.messages()).noneMatch(line -> line.contains("batch=6"));
        }
    }

    @Test
    void aPreemptedThreadMayHaveBeenNothingElse() {
        assertThat(StallVerdict.PREEMPTED.doubt).isEmpty();
        assertThat(StallVerdict.BLOCKED.doubt).contains("memory").doesNotContain("CPU");
        assertThat(StallVerdict.UNKNOWN.doubt).contains("CPU");
    }

    @Test
    void aLogThatHangsGetsNoSecondLine() {
        StallLog log = new StallLog(lines::add);
        log.report(stall(1), start);
        log.report(stall(2), start + 1000 * SECOND);
        assertThat(lines).hasSize(1);
        lines.remove().run();
        log.report(stall(3), start + 1001 * SECOND);
        lines.remove().run();
        // What came while the first one was waiting is in it.
        assertThat(logs.messages().get(0)).contains("batch=1,", "notLogged=1");
        assertThat(logs.messages().get(1)).contains("batch=3,", "notLogged=0");
    }

    @Test
    void whereNoHelperCanBeHadTheNextOneIsTried() {
        boolean[] full = {true};
        StallLog log =
                new StallLog(
                        task -> {
                            if (full[0]) {
                                throw new RejectedExecutionException();
                            }
                            task.run();
                        });
        log.report(stall(1), start);
        assertThat(logs.messages()).isEmpty();
        full[0] = false;
        log.report(stall(2), start + SECOND);
        assertThat(logs.messages()).singleElement().asString().contains("batch=2", "notLogged=1");
    }
}
