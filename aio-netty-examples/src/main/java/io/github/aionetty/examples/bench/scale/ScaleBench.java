// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.examples.bench.Answer;
import io.github.aionetty.examples.bench.OwnJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures row by row, round by round, each in a JVM of its own. */
final class ScaleBench {
    /**
     * Room for what 100,000 files hold, who may be open as far as the hard limit goes. No buffers
     * that the JDK keeps for a thread that has read a file. Collections stop the loops, which would
     * be told of as stalls.
     */
    private static final List<String> OPTIONS =
            List.of(
                    "-Xms512m",
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:+MaxFDLimit",
                    "-Djdk.nio.maxCachedBufferSize=1",
                    "-Dio.github.aionetty.stallThresholdMicros=60000000",
                    "-Dio.netty.leakDetection.level=disabled");

    private final Path file;
    private final long size;
    private final Path files;
    private final List<Row> rows;
    private final double seconds;

    /**
     * Makes one.
     *
     * @param file for the rows with one file
     * @param size of it
     * @param files for the others
     */
    ScaleBench(Path file, long size, Path files, List<Row> rows, double seconds) {
        this.file = file;
        this.size = size;
        this.files = files;
        this.rows = rows;
        this.seconds = seconds;
    }

    /**
     * Measures.
     *
     * @param results gets what comes of it
     * @param progress runs after each measurement
     */
    void run(Results results, int rounds, Runnable progress)
            throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Row row : rows) {
                if (results.missing(row) == null) {
                    measure(row, round, results);
                }
                progress.run();
            }
        }
    }

    private void measure(Row row, int round, Results results)
            throws IOException, InterruptedException {
        Path place = row.part() == Part.FILES ? files : file;
        List<String> arguments =
                List.of(
                        row.part().name(),
                        "" + row.count(),
                        "" + row.writes(),
                        place.toString(),
                        "" + size,
                        "" + seconds);
        Answer answer = Answer.in(OwnJvm.run(OPTIONS, ScaleMain.class.getName(), arguments));
        if (answer.failure() == null) {
            results.add(row, round, Figures.of(answer.figures()));
        } else {
            results.failed(row, answer.failure());
        }
    }
}
