// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.SlowKernel;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An {@code io_submit} that takes long, on a real loop: what the user sees of it. */
@Timeout(60)
class StallTest {
    private static final long MILLIS = 50;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(MILLIS);

    private final SlowKernel kernel = new SlowKernel();
    private final TestLoops loops = TestLoops.epoll(1);
    @TempDir private Path directory;
    private Path path;

    @AfterEach
    void close() {
        loops.close();
    }

    /** A sync and two reads: few enough that each is submitted by itself. */
    private static void submitThree(AioContext context, AioFile file) {
        List<Future<?>> all = new ArrayList<>();
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    all.add(file.fsync());
                    all.add(file.read(1536, 512));
                    all.add(file.read(0, 100));
                });
        for (Future<?> each : all) {
            if (get(each) instanceof ByteBuf read) {
                read.release();
            }
        }
    }

    private AioContext context() {
        return ((DefaultBuilder) AioContext.builder(loops.next()))
                .syscalls(kernel.syscalls())
                .engine(AioEngine.KERNEL)
                .build();
    }

    private AioFile open(AioContext context) throws IOException {
        path = Files.write(directory.resolve("file"), new byte[4096]);
        return get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** So that it is read on the loop: nobody believes it after a stall. */
    private static void cached(AioFile file) {
        ((DefaultAioFile) file).open.inode.cached(0, 4096);
    }

    /** What the flight recorder has of our file; a busy machine may stall other calls as well. */
    private List<RecordedEvent> record(Runnable runnable) throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            runnable.run();
            recording.stop();
            Path dump = directory.resolve("dump.jfr");
            recording.dump(dump);
            return RecordingFile.readAllEvents(dump).stream()
                    .filter(each -> each.getEventType().getName().endsWith("aionetty.Stall"))
                    .filter(each -> each.getString("path").equals(path.toString()))
                    .toList();
        }
    }

    private static List<String> verdicts(List<RecordedEvent> events) {
        return events.stream().map(each -> each.getString("verdict")).toList();
    }

    @Test
    void countersAndTheFlightRecorderShowIt() throws IOException {
        AioContext context = context();
        String thread = get(context.eventLoop().submit(() -> Thread.currentThread().getName()));
        AioFile file = open(context);
        List<RecordedEvent> events =
                record(
                        () -> {
                            kernel.blockFor(MILLIS);
                            cached(file);
                            submitThree(context, file);
                            cached(file);
                            submitThree(context, file);
                            kernel.blockFor(0);
                        });
        assertThat(context.metrics().stalls()).isGreaterThanOrEqualTo(2);
        long longest = context.metrics().longestStallNanos();
        assertThat(longest).isBetween(NANOS, 100 * NANOS);
        assertThat(events).anyMatch(each -> each.getLong("submitTime") == longest);
        RecordedEvent event =
                events.stream()
                        .filter(each -> each.getString("verdict").equals("blocked"))
                        .filter(each -> each.getLong("submitTime") >= NANOS)
                        .filter(each -> each.getString("operation").equals("read"))
                        .findFirst()
                        .orElseThrow();
        assertThat(event.getEventType().getName()).isEqualTo("io.github.aionetty.Stall");
        assertThat(event.getEventType().getCategoryNames()).containsExactly("aio-netty");
        assertThat(event.getDuration("submitTime")).isLessThanOrEqualTo(Duration.ofNanos(longest));
        assertThat(event.getString("fileSystem")).isNotBlank();
        assertThat(event.getString("cause"))
                .isEqualTo(StallCause.BUFFERED_READ.cause + StallVerdict.BLOCKED.doubt);
        assertThat(event.getLong("position")).isEqualTo(1536);
        assertThat(event.getLong("length")).isEqualTo(512);
        assertThat(event.getInt("batch")).isOne();
        assertThat(event.getThread().getJavaName()).isEqualTo(thread);
        assertThat(event.getStackTrace()).isNull();
    }

    /** The thread's real count: sleeping raises it. */
    @Test
    void whatSleepsIsBlockedFromTheSecondOn() throws IOException {
        AioContext context = context();
        AioFile file = open(context);
        List<RecordedEvent> events =
                record(
                        () -> {
                            kernel.blockFor(MILLIS);
                            for (int i = 0; i < 4; i++) {
                                cached(file);
                                get(file.read(0, 100)).release();
                            }
                            kernel.blockFor(0);
                        });
        assertThat(verdicts(events)).containsExactly("unknown", "blocked", "blocked", "blocked");
        assertThat(context.metrics().stalls()).isEqualTo(4);
        assertThat(context.metrics().preemptions()).isZero();
    }

    /** The thread's real count: computing does not raise it, but the JVM may. */
    @Test
    void whatDoesNotSleepIsNoStall() throws IOException {
        AioContext context = context();
        AioFile file = open(context);
        int calls = 20;
        List<RecordedEvent> events =
                record(
                        () -> {
                            kernel.spinFor(MILLIS / 5);
                            for (int i = 0; i < calls; i++) {
                                cached(file);
                                get(file.read(0, 100)).release();
                            }
                            kernel.spinFor(0);
                        });
        long preempted = context.metrics().preemptions();
        assertThat(preempted).isGreaterThan(calls / 2);
        assertThat(context.metrics().stalls()).isEqualTo(calls - preempted);
        assertThat(verdicts(events)).hasSize(calls).startsWith("unknown");
        assertThat(verdicts(events).stream().filter("preempted"::equals)).hasSize((int) preempted);
        assertThat(events)
                .filteredOn(each -> each.getString("verdict").equals("preempted"))
                .allMatch(each -> each.getString("cause").equals(StallCause.PREEMPTED.cause));
    }
}
