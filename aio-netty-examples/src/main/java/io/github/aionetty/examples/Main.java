// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import io.github.aionetty.examples.bench.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: exit code 0 for success, 1 for failure, 2 for wrong usage, 128 and the number
 * of the signal that ended it.
 */
@Command(
        name = "aio-netty",
        mixinStandardHelpOptions = true,
        description = "Files on Netty's event loops, by Linux kernel AIO.",
        subcommands = {ServeCommand.class, CopyCommand.class, BenchCommand.class})
public final class Main implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /** For picocli. */
    Main() {}

    /**
     * Runs a subcommand and exits.
     *
     * @param args the subcommand and its options
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The parser, with errors of one line: a stack trace or a usage page hides what is wrong. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(
                        (e, args) -> {
                            CommandLine at = e.getCommandLine();
                            at.getErr()
                                    .println(
                                            at.getCommandSpec().qualifiedName()
                                                    + ": "
                                                    + oneLine(e)
                                                    + " (--help shows the usage)");
                            return CommandLine.ExitCode.USAGE;
                        })
                .setExecutionExceptionHandler(
                        (e, at, result) -> {
                            at.getErr()
                                    .println(
                                            at.getCommandSpec().qualifiedName()
                                                    + ": "
                                                    + oneLine(e));
                            return CommandLine.ExitCode.SOFTWARE;
                        });
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return Printable.of(message.lines().findFirst().orElse(message));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: serve, copy, bench");
    }
}
