// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Descriptors of this process. */
public final class OpenFiles {
    private OpenFiles() {}

    /** How many lead to files below {@code directory}, which may be open itself. */
    public static long below(Path directory) throws IOException {
        Path real = directory.toRealPath();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(fd -> leadsTo(fd, real)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, Path directory) {
        try {
            Path target = Files.readSymbolicLink(descriptor);
            return target.startsWith(directory) && !target.equals(directory);
        } catch (IOException closed) {
            return false;
        }
    }
}
