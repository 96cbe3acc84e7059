// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Runs the programs of other people, free of this machine's proxies and language. */
public final class Programs {
    private Programs() {}

    /** What it prints; fails where it does. */
    public static String run(Path directory, String... command) throws Exception {
        return finish(command, start(directory, null, command));
    }

    /** The same with a file for its input. */
    public static String runWithInput(Path directory, File input, String... command)
            throws Exception {
        return finish(command, start(directory, input, command));
    }

    private static Process start(Path directory, File input, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        if (input != null) {
            builder.redirectInput(input);
        }
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String finish(String[] command, Process process) throws Exception {
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
