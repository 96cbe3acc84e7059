// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.Answer;
import io.github.aionetty.examples.bench.OwnJvm;
import io.github.aionetty.examples.bench.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures, round by round, each in a JVM of its own. */
final class RawBench {
    /** Where Netty no longer takes the access to memory that the checks need unless it is told. */
    private static final int UNSAFE_IS_ASKED_FOR = 24;

    private final Target target;
    private final List<Workload> workloads;
    private final List<Contender> contenders;
    private final int rounds;
    private final double seconds;

    RawBench(
            Target target,
            List<Workload> workloads,
            List<Contender> contenders,
            int rounds,
            double seconds) {
        this.target = target;
        this.workloads = workloads;
        this.contenders = contenders;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** How often {@link #run} calls {@code progress}. */
    int steps() {
        return rounds * workloads.size() * contenders.size();
    }

    /**
     * Measures.
     *
     * @param results gets what comes of it
     * @param progress runs after each measurement
     */
    void run(Results results, Runnable progress) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Workload workload : workloads) {
                for (Contender contender : order(round)) {
                    if (results.failure(workload, contender) == null) {
                        measure(workload, contender, round, results);
                    }
                    progress.run();
                }
            }
        }
    }

    /** Another one begins in each round, and every other round goes backwards. */
    private List<Contender> order(int round) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, -round);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    private void measure(Workload workload, Contender contender, int round, Results results)
            throws IOException, InterruptedException {
        List<String> arguments =
                List.of(
                        contender.name(),
                        workload.name(),
                        target.path.toString(),
                        "" + target.size,
                        "" + target.ours,
                        "" + seconds);
        Answer answer = Answer.in(OwnJvm.run(options(), MeasureMain.class.getName(), arguments));
        if (answer.failure() == null) {
            results.add(workload, contender, round, Measurement.of(answer.figures()));
        } else {
            results.failed(workload, contender, answer.failure());
        }
    }

    /** The same heap and collector for all. */
    private static List<String> options() {
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"));
        options.add("-Dio.netty.leakDetection.level=disabled");
        if (Runtime.version().feature() >= UNSAFE_IS_ASKED_FOR) {
            options.add("-Dio.netty.noUnsafe=false");
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }
}
