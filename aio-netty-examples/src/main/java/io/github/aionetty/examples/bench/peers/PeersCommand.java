// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.peers;

import io.github.aionetty.examples.bench.AioRaw;
import io.github.aionetty.examples.bench.Machine;
import io.github.aionetty.examples.bench.OwnJvm;
import io.github.aionetty.examples.bench.Repetitions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/**
 * {@code bench peers}: starts the harness that holds this library's peers, with {@link AioRaw} as
 * one more. The harness makes its disks, measures and prints its table.
 */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "This library among its peers, in the harness that has them (as root).")
public final class PeersCommand implements Callable<Integer> {
    /** Where the harness is, unless an option says it. */
    static final String VARIABLE = "AIO_NETTY_HARNESS";

    /** Where the harness looks for options of the JVMs that it starts. */
    private static final String OPTIONS = "CONTENDER_OPTS";

    /** What the harness calls raw file I/O. */
    private static final String SCRIPT = "part-a.sh";

    @Spec private CommandSpec spec;

    @Option(
            names = "--harness",
            paramLabel = "DIR",
            defaultValue = "${env:" + VARIABLE + "}",
            description = "The harness (default: the environment's " + VARIABLE + ").")
    private Path harness;

    @Option(
            names = "--only",
            paramLabel = "NAME,…",
            defaultValue =
                    "fio-libaio,fio-libaio-batch,fio-libaio-s4,fio-libaio-s8,fio-libaio-s16"
                            + ",netty-io_uring,artemis-2.0.0,java-afc,java-pool32,project",
            description = "Who takes part (default: ${DEFAULT-VALUE}); this library is project.")
    private String only;

    @Option(
            names = "--devs",
            paramLabel = "NAME,…",
            defaultValue = "loop",
            description = "On which of its disks: loop, zram, vda (default: ${DEFAULT-VALUE}).")
    private String devices;

    @Option(
            names = "--workloads",
            paramLabel = "NAME,…",
            description = "What is measured (default: all).")
    private String workloads;

    @Mixin private Repetitions repetitions;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write a JSON line for each measurement to FILE, a new one.")
    private Path out;

    /** For picocli. */
    public PeersCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        repetitions.check();
        if (out != null && Files.exists(out)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is a file "
                            + out
                            + " already, and the harness would add to it, so that one table had"
                            + " the results of several runs: name another by --out");
        }
        Path script = script();
        Path results = out == null ? Files.createTempFile("aio-netty-peers", ".jsonl") : out;
        try {
            return run(script, results.toAbsolutePath());
        } finally {
            if (out == null) {
                Files.deleteIfExists(results);
            }
        }
    }

    private Path script() throws IOException {
        if (harness == null || harness.toString().isEmpty()) {
            throw new IOException(
                    "no harness: name its directory by --harness DIR or in the environment's "
                            + VARIABLE
                            + "; ./run bench raw measures without one");
        }
        Path script = harness.resolve(SCRIPT).toAbsolutePath();
        if (!Files.isExecutable(script)) {
            throw new IOException("no harness in " + harness + ": there is no program " + SCRIPT);
        }
        return script;
    }

    private int run(Path script, Path results) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of("--only", only, "--devs", devices));
        if (workloads != null) {
            command.addAll(List.of("--workloads", workloads));
        }
        command.addAll(
                List.of("--rounds", "" + repetitions.rounds, "--secs", "" + repetitions.seconds));
        command.addAll(List.of("--out", results.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("CONTENDER_CP", System.getProperty("java.class.path"));
        builder.environment().put("RAW_CONTENDER", AioRaw.class.getName());
        String options = options(builder.environment().get(OPTIONS));
        builder.environment().put(OPTIONS, options);
        tell(options);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IOException(script + " failed: exit code " + status);
        }
        spec.commandLine()
                .getErr()
                .println("The harness' disks are still there; its devices.sh down removes them.");
        HarnessResults.check(results);
        return 0;
    }

    /** What the environment has, and the settings that this JVM was started with. */
    private static String options(String given) {
        List<String> options = new ArrayList<>(OwnJvm.settings());
        if (given != null && !given.isBlank()) {
            options.add(0, given);
        }
        return String.join(" ", options);
    }

    private void tell(String options) throws IOException {
        PrintWriter writer = spec.commandLine().getOut();
        Machine.about(spec.root().commandLine().getParseResult().originalArgs())
                .forEach(writer::println);
        if (!options.isEmpty()) {
            writer.println(OPTIONS + "=" + options);
        }
        writer.flush();
    }
}
