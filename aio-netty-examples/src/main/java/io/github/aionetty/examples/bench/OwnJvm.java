// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A measurement in a JVM of its own, where nothing that was measured before can be felt. */
public final class OwnJvm {
    private OwnJvm() {}

    /** The library's settings that this JVM was started with: what measures has them, too. */
    public static List<String> settings() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("-Dio.github.aionetty."))
                .toList();
    }

    /**
     * Runs to the end, or to that of this JVM. What it has to complain of goes to standard error.
     *
     * @param options of the JVM; it also gets {@link #settings}
     * @param main the class with the main method
     * @param arguments of that
     * @return the lines of its standard output
     * @throws IOException if its exit code is not 0
     */
    public static List<String> run(List<String> options, String main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread hook = new Thread(process::destroy, "end of a measurement");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        String.join(" ", arguments) + ": exit code " + process.exitValue());
            }
            return output.lines().toList();
        } finally {
            process.destroy();
            ShutdownHooks.remove(hook);
        }
    }
}
