// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where results go: options of several commands. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--markdown", description = "Print the tables as Markdown.")
    private boolean markdown;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the results there, too: as JSON lines if its name ends in .jsonl.")
    private Path out;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw them there, as SVG.")
    private Path svg;

    /** For picocli. */
    public Output() {}

    /**
     * Fails where results could not be written: now, and not when all has been measured.
     *
     * @throws ParameterException for the command line to tell
     */
    public void check() {
        for (Path result : new Path[] {out, svg}) {
            Path parent = result == null ? null : result.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                throw new ParameterException(command.commandLine(), "no such directory: " + parent);
            }
        }
    }

    /** Whether tables are to be Markdown. */
    public boolean markdown() {
        return markdown;
    }

    /**
     * Prints the results, and writes them where that is wanted.
     *
     * @param text for people
     * @param json lines for programs
     * @param picture as SVG
     */
    public void write(String text, Supplier<String> json, Supplier<String> picture)
            throws IOException {
        PrintWriter writer = command.commandLine().getOut();
        writer.print(text);
        writer.flush();
        if (out != null) {
            Files.writeString(out, out.toString().endsWith(".jsonl") ? json.get() : text);
        }
        if (svg != null) {
            Files.writeString(svg, picture.get());
        }
    }
}
