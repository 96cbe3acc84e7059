// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.internal.logging.InternalLogLevel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Warns of stalls, once in ten seconds: on a bad day there are thousands. What may have been a busy
 * CPU is no warning, and takes no line from those that are. A helper writes the line, since the
 * log's disk may be the very one that is slow.
 */
final class StallLog {
    /** For all loops of this JVM. */
    static final StallLog INSTANCE =
            new StallLog(task -> HelperLane.METADATA.execute(HelperLane.CHORES, task));

    static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    /** Until a line is written there is no other: a log that hangs holds one thread, not all. */
    private static final long WRITING = Long.MAX_VALUE / 2;

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(StallLog.class);

    private final Executor writer;
    private final Lines warnings = new Lines(InternalLogLevel.WARN);
    private final Lines details = new Lines(InternalLogLevel.DEBUG);

    StallLog(Executor writer) {
        this.writer = writer;
    }

    /**
     * Any thread; never waits.
     *
     * @param now {@link System#nanoTime()}
     */
    void report(Stall stall, long now) {
        Lines lines = stall.verdict() == StallVerdict.BLOCKED ? warnings : details;
        if (LOGGER.isEnabled(lines.level)) {
            lines.report(stall, now);
        }
    }

    /** One level's. */
    private final class Lines {
        final InternalLogLevel level;

        /** When the next line may be written. */
        private final AtomicLong due = new AtomicLong(System.nanoTime());

        private final AtomicLong notLogged = new AtomicLong();

        Lines(InternalLogLevel level) {
            this.level = level;
        }

        void report(Stall stall, long now) {
            long from = due.get();
            if (now - from < 0 || !due.compareAndSet(from, now + WRITING)) {
                notLogged.incrementAndGet();
                return;
            }
            try {
                writer.execute(() -> write(stall, now));
            } catch (RejectedExecutionException e) {
                notLogged.incrementAndGet();
                due.set(now);
            }
        }

        private void write(Stall stall, long now) {
            try {
                LOGGER.log(
                        level,
                        "io_submit has stopped an event loop: micros={}, operation={}, path={},"
                            + " fileSystem={}, position={}, length={}, batch={}, loop={},"
                            + " verdict={}; likely cause: {}; remedy: {}; notLogged={} since the"
                            + " last such line; threshold: {}={}",
                        TimeUnit.NANOSECONDS.toMicros(stall.nanos()),
                        stall.operation(),
                        stall.path(),
                        stall.fileSystem(),
                        stall.position(),
                        stall.length(),
                        stall.batch(),
                        stall.loop(),
                        stall.verdict().label(),
                        stall.likelyCause(),
                        stall.cause().remedy,
                        notLogged.getAndSet(0),
                        StallDetector.THRESHOLD_PROPERTY,
                        StallDetector.THRESHOLD_MICROS);
            } finally {
                due.set(now + PERIOD);
            }
        }
    }
}
