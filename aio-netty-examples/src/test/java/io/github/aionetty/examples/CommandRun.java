// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command as it is run from the command line, and what it said the last time. */
public final class CommandRun {
    private final CommandLine line;
    private StringWriter out;
    private StringWriter err;

    public CommandRun(Object command) {
        line =
                new CommandLine(command)
                        .setExecutionExceptionHandler(
                                (e, at, result) -> {
                                    at.getErr().println(e.getMessage());
                                    return 1;
                                });
    }

    public int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
