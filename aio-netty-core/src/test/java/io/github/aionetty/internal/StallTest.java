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

    @AfterEach
    void close() {
        loops.close();
    }

    /** A sync and two reads, which go out in one call. */
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

    @Test
    void countersAndTheFlightRecorderShowIt(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), new byte[4096]);
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(kernel.syscalls())
                        .engine(AioEngine.KERNEL)
                        .build();
        String thread = get(context.eventLoop().submit(() -> Thread.currentThread().getName()));
        AioFile file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.start();
            kernel.blockFor(MILLIS);
            submitThree(context, file);
            kernel.blockFor(0);
            recording.stop();
            Path dump = directory.resolve("dump.jfr");
            recording.dump(dump);
            events = RecordingFile.readAllEvents(dump);
        }
        assertThat(context.metrics().stalls()).isPositive();
        long longest = context.metrics().longestStallNanos();
        assertThat(longest).isBetween(NANOS, 100 * NANOS);
        // A busy machine may stall other calls of this JVM as well.
        RecordedEvent event =
                events.stream()
                        .filter(each -> each.getEventType().getName().endsWith("aionetty.Stall"))
                        .filter(each -> each.getString("path").equals(path.toString()))
                        .filter(each -> each.getLong("submitTime") == longest)
                        .findFirst()
                        .orElseThrow();
        assertThat(event.getEventType().getName()).isEqualTo("io.github.aionetty.Stall");
        assertThat(event.getEventType().getCategoryNames()).containsExactly("aio-netty");
        assertThat(event.getDuration("submitTime")).isEqualTo(Duration.ofNanos(longest));
        assertThat(event.getString("operation")).isEqualTo("read");
        assertThat(event.getString("fileSystem")).isNotBlank();
        assertThat(event.getString("cause")).isEqualTo(StallCause.BUFFERED_READ.cause);
        assertThat(event.getLong("position")).isEqualTo(1536);
        assertThat(event.getLong("length")).isEqualTo(512);
        assertThat(event.getInt("batch")).isEqualTo(3);
        assertThat(event.getThread().getJavaName()).isEqualTo(thread);
        assertThat(event.getStackTrace()).isNull();
    }
}
