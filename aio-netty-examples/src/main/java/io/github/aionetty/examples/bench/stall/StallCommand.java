// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.github.aionetty.examples.bench.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench stall}: the table of docs/stalls.md. */
@Command(
        name = "stall",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "The longest time that each operation stops the loop on a slow disk.")
public final class StallCommand implements Callable<Integer> {
    private static final List<String> MADE = List.of("ext4", "xfs", "btrfs");

    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "What scripts/slowfs up DIR made; ./run bench stall makes one itself.")
    private Path directory;

    @Option(
            names = "--fs",
            paramLabel = "NAME",
            split = ",",
            description = "File systems (default: ext4,xfs,btrfs).")
    private List<String> fileSystems = MADE;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often to measure each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--iops",
            paramLabel = "N",
            defaultValue = "20",
            description = "Reads, and writes, a second of the disk (default: ${DEFAULT-VALUE}).")
    private int iops;

    @Option(
            names = "--cells",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only those whose name contains TEXT.")
    private String cells;

    @Option(names = "--naive", description = "Measure with routing switched off, too.")
    private boolean naive;

    @Option(names = "--markdown", description = "Print the table as Markdown.")
    private boolean markdown;

    @Option(names = "--raw", hidden = true)
    private boolean raw;

    /** For picocli. */
    public StallCommand() {}

    @Override
    public Integer call() throws Exception {
        check("--rounds", rounds, StallBench.MOST_ROUNDS);
        check("--iops", iops, 1_000_000);
        for (String name : fileSystems) {
            if (!MADE.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--fs must be of " + String.join(",", MADE) + ", not " + name);
            }
        }
        StallBench bench = new StallBench(directory, fileSystems, cells, rounds, iops);
        Results results;
        try (Progress progress = Progress.begin(!raw, bench.steps())) {
            results = bench.run(progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (raw) {
            out.print(RawResults.write(results));
        } else {
            Results off =
                    naive ? NaiveRouting.run(directory, fileSystems, cells, rounds, iops) : null;
            Table table = new Table(fileSystems, results, off);
            out.print(markdown ? table.markdown() : table.text());
        }
        out.flush();
        return 0;
    }

    private void check(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from 1 to " + most + ", not " + value);
        }
    }
}
