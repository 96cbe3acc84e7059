// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often, and how long, a benchmark measures: options of several commands. */
public final class Repetitions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** How often to measure each. */
    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often to measure each (default: ${DEFAULT-VALUE}).")
    public int rounds;

    /** How long each measurement takes. */
    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "How long each measurement takes (default: ${DEFAULT-VALUE}).")
    public double seconds;

    /** For picocli. */
    public Repetitions() {}

    /**
     * Fails where there would be nothing to measure.
     *
     * @throws ParameterException for the command line to tell
     */
    public void check() {
        if (rounds < 1 || !(seconds > 0)) {
            throw new ParameterException(
                    command.commandLine(), "--rounds and --seconds must be more than 0");
        }
    }
}
