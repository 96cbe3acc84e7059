// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import bench.RawContender;
import io.github.aionetty.examples.bench.Answer;
import io.github.aionetty.examples.bench.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One measurement, in the JVM that is made for it. */
final class MeasureMain {
    /** A disk may be slow, but not that slow. */
    private static final long END_MILLIS = 15_000;

    private static final double WARM_SECONDS = 1.5;
    private static final double MICRO = 1e3;

    private MeasureMain() {}

    /**
     * Answers with a line of {@link Measurement}.
     *
     * @param args contender, workload, file, its size, whether it has stamps, seconds
     */
    public static void main(String[] args) {
        Answer.give(() -> measure(args).line());
    }

    private static Measurement measure(String[] args) throws Exception {
        Workload workload = Workload.valueOf(args[1]);
        boolean stamped = Boolean.parseBoolean(args[4]);
        Words words = Words.ofThisProcess();
        Check check =
                stamped
                        ? new StampCheck(words, workload.blockSize)
                        : new SampleCheck(words, workload.blockSize);
        return measure(
                Contender.valueOf(args[0]).make(),
                workload,
                Path.of(args[2]),
                check,
                new Traffic(workload, check, Long.parseLong(args[3])),
                Double.parseDouble(args[5]));
    }

    static Measurement measure(
            RawContender contender,
            Workload workload,
            Path file,
            Check check,
            Traffic traffic,
            double seconds)
            throws Exception {
        try (contender) {
            contender.open(
                    file.toString(), workload.write, workload.blockSize, workload.depth, traffic);
            Thread pump = new Thread(() -> run(contender, traffic), "pump");
            pump.setDaemon(true);
            pump.start();
            pause(WARM_SECONDS);
            Meter meter = new Meter();
            traffic.measure(true);
            pause(seconds);
            traffic.measure(false);
            Meter.Usage used = meter.read();
            traffic.stop();
            pump.join(END_MILLIS);
            if (pump.isAlive()) {
                throw new IOException("transfers did not end");
            }
            if (traffic.failure() != null) {
                throw new IOException(traffic.failure());
            }
            Histogram latencies = traffic.latencies();
            double count = latencies.getTotalCount();
            if (count == 0) {
                throw new IOException("no transfer ended in " + seconds + " s");
            }
            return new Measurement(
                    count / used.seconds(),
                    used.cpuMicros() / count,
                    latencies.getValueAtPercentile(50) / MICRO,
                    latencies.getValueAtPercentile(99) / MICRO,
                    latencies.getValueAtPercentile(99.9) / MICRO,
                    used.allocated() / count,
                    check.finish(file));
        }
    }

    private static void run(RawContender contender, Traffic traffic) {
        try {
            contender.run();
        } catch (Exception e) {
            traffic.fail(e);
        }
    }

    private static void pause(double seconds) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep((long) (seconds * 1e6));
    }
}
