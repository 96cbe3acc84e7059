// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.routing;

import io.github.aionetty.examples.bench.OwnJvm;
import io.github.aionetty.examples.bench.Repetitions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench routing}: operations a second with routing, by those without. Each measurement has a
 * JVM of its own; with and without alternate, round by round, and the ratios are of one round.
 */
@Command(
        name = "routing",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "What it costs to know where an operation may be submitted.")
public final class RoutingCommand implements Callable<Integer> {
    private static final String FILE = "aio-netty-routing.bench";

    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where 256 MiB are written: the disk to measure (default: this one).")
    private Path directory;

    @Mixin private Repetitions repetitions;

    /** One measurement, in the JVM that is made for it. */
    @Option(names = "--only", hidden = true)
    private Workload only;

    /** For picocli. */
    public RoutingCommand() {}

    @Override
    public Integer call() throws Exception {
        repetitions.check();
        Path file = directory.resolve(FILE);
        PrintWriter out = spec.commandLine().getOut();
        if (only != null) {
            out.println(
                    new Load(only)
                            .run(
                                    file,
                                    Math.max(1.5, repetitions.seconds / 2),
                                    repetitions.seconds));
            out.flush();
            return 0;
        }
        try {
            Load.prepare(file);
            out.printf("%-12s %12s %12s   %s%n", "4 KiB, 32", "routed/s", "plain/s", "ratio");
            for (Workload workload : Workload.values()) {
                compare(workload, out);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return 0;
    }

    private void compare(Workload workload, PrintWriter out)
            throws IOException, InterruptedException {
        int rounds = repetitions.rounds;
        double[] routed = new double[rounds];
        double[] plain = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                routed[round] = measure(workload, "on");
            }
            plain[round] = measure(workload, "off");
            if (round % 2 == 1) {
                routed[round] = measure(workload, "on");
            }
            ratios[round] = routed[round] / plain[round];
        }
        for (double[] values : List.of(routed, plain, ratios)) {
            Arrays.sort(values);
        }
        out.printf(
                Locale.ROOT,
                "%-12s %12.0f %12.0f   %.3f (%.3f to %.3f)%n",
                workload.label(),
                routed[rounds / 2],
                plain[rounds / 2],
                ratios[rounds / 2],
                ratios[0],
                ratios[rounds - 1]);
        out.flush();
    }

    private double measure(Workload workload, String routing)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("bench", "routing"));
        arguments.addAll(List.of("--only", workload.name(), "--seconds", "" + repetitions.seconds));
        arguments.addAll(List.of("--dir", directory.toString()));
        List<String> output =
                OwnJvm.run(
                        List.of("-Dio.github.aionetty.routing=" + routing),
                        "io.github.aionetty.examples.Main",
                        arguments);
        return Double.parseDouble(output.get(0));
    }
}
