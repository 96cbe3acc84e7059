// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.Aio;
import io.github.aionetty.examples.bench.Choice;
import io.github.aionetty.examples.bench.Machine;
import io.github.aionetty.examples.bench.Output;
import io.github.aionetty.examples.bench.Progress;
import io.github.aionetty.examples.bench.Reasons;
import io.github.aionetty.examples.bench.Repetitions;
import io.github.aionetty.examples.bench.Size;
import io.github.aionetty.examples.bench.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench scale}: what an operation, a loop and an open file cost as they become many. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ScaleCommand.Shorter.class,
        description = "Cost and memory as operations in flight, loops and open files become many.")
public final class ScaleCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where files are made, and deleted afterwards (default: here).")
    private Path directory;

    @Option(
            names = "--size",
            paramLabel = "N",
            converter = Size.class,
            defaultValue = "256M",
            description = "The size of the one that is not small (default: ${DEFAULT-VALUE}).")
    private long size;

    @Option(
            names = "--only",
            paramLabel = "NAME,…",
            split = ",",
            description = "depth, loops, files (default: all).")
    private List<String> only;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            defaultValue = "1024",
            description = "The most operations in flight (default: ${DEFAULT-VALUE}).")
    private int maxDepth;

    @Option(
            names = "--max-loops",
            paramLabel = "N",
            defaultValue = "4",
            description = "The most loops (default: ${DEFAULT-VALUE}).")
    private int maxLoops;

    @Option(
            names = "--max-files",
            paramLabel = "N",
            defaultValue = "100000",
            description = "The most open files (default: ${DEFAULT-VALUE}).")
    private int maxFiles;

    @Mixin private Repetitions repetitions;
    @Mixin private Output output;

    /** There are many rows. */
    static final class Shorter implements IDefaultValueProvider {
        @Override
        public String defaultValue(ArgSpec arg) {
            String name = arg instanceof OptionSpec option ? option.longestName() : "";
            return switch (name) {
                case "--rounds" -> "3";
                case "--seconds" -> "1";
                default -> null;
            };
        }
    }

    /** For picocli. */
    public ScaleCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Row> rows = rows();
        checkOptions();
        if (!Aio.isAvailable()) {
            throw new IOException("kernel AIO: " + Reasons.of(Aio.unavailabilityCause()));
        }
        Results results = new Results(rows);
        int files = permitted(results);
        List<String> about;
        Path in = directory.toAbsolutePath();
        try (Target target = Target.make(in, size, false);
                ManyFiles many = ManyFiles.make(in, files)) {
            about = Machine.about(target.path, size, command());
            ScaleBench bench =
                    new ScaleBench(target.path, size, many.directory, rows, repetitions.seconds);
            try (Progress progress = Progress.begin(true, repetitions.rounds * rows.size())) {
                bench.run(results, repetitions.rounds, progress);
            }
        }
        output.write(
                Report.text(results, about, output.markdown()),
                () -> Report.json(results, about),
                () -> Report.svg(results, about));
        if (!results.complete()) {
            throw new IOException("not all could be measured: the rows with \"failed\" say why");
        }
        return 0;
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Part part : Choice.of(spec, "--only", only, Part.values(), Part::id)) {
            rows.addAll(
                    part.rows(
                            switch (part) {
                                case DEPTH -> maxDepth;
                                case LOOPS -> maxLoops;
                                case FILES -> maxFiles;
                            }));
        }
        return rows;
    }

    /** Refuses what would be too many open files; so many are to be made for the rest. */
    private static int permitted(Results results) {
        int most = 0;
        for (Row row : results.rows(Part.FILES)) {
            String refusal = ManyFiles.refusal(row.count());
            if (refusal != null) {
                results.refused(row, refusal);
            } else {
                most = Math.max(most, row.count());
            }
        }
        return most;
    }

    private void checkOptions() {
        repetitions.check();
        output.check();
        if (size < Target.LEAST_SIZE) {
            throw usage("--size must be at least " + Size.text(Target.LEAST_SIZE));
        }
        if (Math.min(maxDepth, Math.min(maxLoops, maxFiles)) < 1) {
            throw usage("--max-depth, --max-loops and --max-files must be more than 0");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private List<String> command() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }
}
