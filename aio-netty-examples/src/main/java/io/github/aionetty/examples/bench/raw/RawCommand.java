// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.Choice;
import io.github.aionetty.examples.bench.Machine;
import io.github.aionetty.examples.bench.Output;
import io.github.aionetty.examples.bench.Progress;
import io.github.aionetty.examples.bench.Repetitions;
import io.github.aionetty.examples.bench.Size;
import io.github.aionetty.examples.bench.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench raw}: direct transfers on the user's disk, by this library and by others. */
@Command(
        name = "raw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reads and writes on your disk: this library, the JDK, Netty's io_uring.")
public final class RawCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where a file is made, and deleted afterwards (default: this directory).")
    private Path directory;

    @Option(
            names = "--size",
            paramLabel = "N",
            converter = Size.class,
            description = "Its size, such as 512M or 4G (default: 1G).")
    private Long size;

    @Option(names = "--keep", description = "Do not delete it; another run can have it by --file.")
    private boolean keep;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Measure on this one instead. It is only read, unless --keep has left it.")
    private Path file;

    @Option(
            names = "--workloads",
            paramLabel = "NAME,…",
            split = ",",
            description = "rr4k-qd1, rr4k-qd32, rr4k-qd128, rw4k-qd32, sr128k-qd8 (default: all).")
    private List<String> workloads;

    @Option(
            names = "--only",
            paramLabel = "NAME,…",
            split = ",",
            description = "aio-netty, afc, pool, io_uring (default: all that work here).")
    private List<String> only;

    @Mixin private Repetitions repetitions;

    @Mixin private Output output;

    /** For picocli. */
    public RawCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkOptions();
        List<Workload> wanted =
                Choice.of(spec, "--workloads", workloads, Workload.values(), Workload::id);
        List<Contender> contenders = Choice.of(spec, "--only", only, Contender.values(), c -> c.id);
        Results results = new Results();
        contenders = present(contenders, results);
        List<String> about;
        try (Target target = target()) {
            wanted = permitted(target, wanted);
            about = Machine.about(target.path, target.size, command());
            RawBench bench =
                    new RawBench(
                            target, wanted, contenders, repetitions.rounds, repetitions.seconds);
            try (Progress progress = Progress.begin(true, bench.steps())) {
                bench.run(results, progress);
            }
        }
        return report(results, about);
    }

    private void checkOptions() {
        repetitions.check();
        if (file != null && (directory != null || size != null || keep)) {
            throw usage("--file takes no --dir, --size or --keep: these are about a new file");
        }
        if (size != null && size < Target.LEAST_SIZE) {
            throw usage("--size must be at least " + Size.text(Target.LEAST_SIZE));
        }
        output.check();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static List<Contender> present(List<Contender> wanted, Results results)
            throws IOException {
        List<Contender> present = new ArrayList<>();
        for (Contender contender : wanted) {
            String missing = contender.missing();
            if (missing == null) {
                present.add(contender);
            } else {
                results.missing(contender, missing);
            }
        }
        if (present.isEmpty()) {
            throw new IOException("none of them works here: " + results.missing());
        }
        return present;
    }

    private Target target() throws IOException {
        if (file != null) {
            return Target.existing(file);
        }
        Path in = directory == null ? Path.of("") : directory;
        return Target.make(in.toAbsolutePath(), size == null ? 1L << 30 : size, keep);
    }

    /** A file of others is not written to: by default that is left out, and on demand refused. */
    private List<Workload> permitted(Target target, List<Workload> wanted) throws IOException {
        if (target.ours || wanted.stream().noneMatch(each -> each.write)) {
            return wanted;
        }
        if (workloads != null) {
            throw new IOException(
                    "not written to: "
                            + target.path
                            + " was not made by bench raw --keep; without --file overwrites have a"
                            + " file of their own");
        }
        spec.commandLine().getErr().println("no overwrites: " + target.path + " is only read");
        return wanted.stream().filter(each -> !each.write).toList();
    }

    private List<String> command() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    private int report(Results results, List<String> about) throws IOException {
        output.write(
                new Report(results, about).text(output.markdown()),
                () -> JsonLines.write(results, about),
                () -> Chart.svg(results, about));
        if (!results.complete()) {
            throw new IOException("not all could be measured: the lines with \"failed\" say why");
        }
        return 0;
    }
}
