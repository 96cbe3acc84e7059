// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.file.ExtendedOpenOption;
import io.github.aionetty.Aio;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What a test needs of the machine: missing, it is a skip on a laptop and a failure in CI. */
public final class Prerequisites {
    private Prerequisites() {}

    public static void program(String name) {
        require(onPath(name), "no program " + name);
    }

    /** Kernel AIO, and O_DIRECT in a directory. */
    public static void direct(Path directory) throws IOException {
        require(Aio.isAvailable(), "kernel AIO: " + Aio.unavailabilityCause());
        Path probe = Files.createTempFile(directory, "probe", "");
        boolean direct = true;
        try {
            FileChannel.open(probe, StandardOpenOption.READ, ExtendedOpenOption.DIRECT).close();
        } catch (IOException e) {
            direct = false;
        } finally {
            Files.delete(probe);
        }
        require(direct, "direct I/O in " + directory);
    }

    public static void require(boolean present, String missing) {
        if (!present && "true".equals(System.getenv("CI"))) {
            fail(missing);
        }
        assumeTrue(present, missing);
    }

    private static boolean onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }
}
