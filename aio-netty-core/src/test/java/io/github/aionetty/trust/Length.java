// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long these tests run: seconds in the suite, hours by hand, by the same code. */
public final class Length {
    /** How many rounds a test has. */
    public static final int ROUNDS = Integer.getInteger("aionetty.trust.rounds", 5);

    /** Repeats what a test does, up to the moments of its kills. */
    public static final long SEED = Long.getLong("aionetty.trust.seed", System.nanoTime());

    private Length() {}

    /** The line that a run leaves. */
    public static void summary(String what, String fileSystem, String figures) {
        System.out.printf(
                "%s on %s, JDK %s, seed=%d: %s%n",
                what, fileSystem, System.getProperty("java.version"), SEED, figures);
    }

    /** Removes a directory of files. */
    public static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
