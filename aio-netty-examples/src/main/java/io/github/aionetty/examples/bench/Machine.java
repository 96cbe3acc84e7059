// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where, when and how it is measured: without it figures mean nothing. */
public final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Machine() {}

    /**
     * Lines for people, where this JVM and others like it measure.
     *
     * @param measured a file, or a block device
     * @param size of it
     * @param command as it was given
     */
    public static List<String> about(Path measured, long size, List<String> command)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(when(command));
        lines.add(system() + "; JDK " + Runtime.version());
        lines.add(place(measured) + ", " + Size.text(size));
        if (!OwnJvm.settings().isEmpty()) {
            lines.add(String.join(" ", OwnJvm.settings()));
        }
        return lines;
    }

    /**
     * Lines for people, where others measure, with a JDK of theirs.
     *
     * @param command as it was given
     */
    public static List<String> about(List<String> command) throws IOException {
        return List.of(when(command), system());
    }

    private static String when(List<String> command) {
        return TIME.format(Instant.now()) + ": ./run " + String.join(" ", command);
    }

    private static String system() throws IOException {
        return processor()
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " CPUs; "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.version");
    }

    private static String place(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return "block device " + path;
        }
        FileStore store = Files.getFileStore(path);
        return store.type() + " on " + store.name();
    }

    private static String processor() throws IOException {
        if (Files.isReadable(CPUS)) {
            for (String line : Files.readAllLines(CPUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }
}
