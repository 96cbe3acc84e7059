// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Runs a class of the tests in a JVM of its own, with another class path or other options. */
public final class ChildJvm {
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private Predicate<Path> dropped = entry -> false;
    private long seconds = 150;
    private Path directory;

    /** How a run ended. */
    public record Result(int exitCode, String output) {}

    /** Starts the JVM by another program. */
    public ChildJvm by(String... command) {
        prefix.addAll(Arrays.asList(command));
        return this;
    }

    public ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    /** Ends it after so long, instead of 150 seconds. */
    public ChildJvm within(long patience) {
        seconds = patience;
        return this;
    }

    /** Gives it another working directory. */
    public ChildJvm in(Path other) {
        directory = other;
        return this;
    }

    /** Leaves entries out of the class path. */
    public ChildJvm without(Predicate<Path> entries) {
        dropped = dropped.or(entries);
        return this;
    }

    /** Whether an entry of the class path holds a native library. */
    public static boolean isNative(Path entry) {
        if (Files.isDirectory(entry)) {
            return Files.isDirectory(entry.resolve("META-INF/native"));
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return jar.stream().anyMatch(each -> each.getName().startsWith("META-INF/native/lib"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that starts it, for who wants more than its end. */
    public List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add("-cp");
        command.add(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !dropped.test(Path.of(entry)))
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Runs to the end. */
    public Result run(Class<?> main, String... arguments) throws Exception {
        Path output = Files.createTempFile("child", ".log");
        try {
            Process process =
                    new ProcessBuilder(command(main, arguments))
                            .directory(directory == null ? null : directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return new Result(ended ? process.exitValue() : -1, text);
        } finally {
            Files.delete(output);
        }
    }
}
