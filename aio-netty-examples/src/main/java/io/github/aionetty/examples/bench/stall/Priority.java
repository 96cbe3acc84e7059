// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets this process go before others, so that a loop that has no CPU because of somebody else's
 * work does not look as if it stood still. Where that is not allowed everything works as well, with
 * more noise.
 */
final class Priority {
    private static final int BEFORE_OTHERS = -10;
    private static final int ORDINARY = 0;
    private static final Path THREADS = Path.of("/proc/self/task");

    private Priority() {}

    static void beforeOthers() throws IOException, InterruptedException {
        renice(BEFORE_OTHERS);
    }

    static void ordinary() throws IOException, InterruptedException {
        renice(ORDINARY);
    }

    /** Linux has a priority for each thread; those that are made later inherit it. */
    private static void renice(int priority) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("renice", "-n", String.valueOf(priority), "-p"));
        try (Stream<Path> threads = Files.list(THREADS)) {
            threads.forEach(thread -> command.add(thread.getFileName().toString()));
        }
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
