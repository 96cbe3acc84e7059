// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands over results. */
@Timeout(60)
class MachineTest {
    private static final String SETTING = "-Dio.github.aionetty.routing=off";

    @TempDir Path directory;

    /** Prints it, in a JVM as those that benchmarks are started in. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws IOException {
            Machine.about(Path.of(args[0]), 1 << 20, List.of("bench", "raw"))
                    .forEach(System.out::println);
        }
    }

    private List<String> about(String... options) throws Exception {
        Path file = Files.createTempFile(directory, "file", "");
        return OwnJvm.run(List.of(options), Main.class.getName(), List.of(file.toString()));
    }

    @Test
    void settingsAreTold() throws Exception {
        assertThat(about(SETTING, "-Xmx64m")).hasSize(4).endsWith(SETTING);
    }

    @Test
    void whereThereAreNoneNothingIsSaidOfThem() throws Exception {
        assertThat(about())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).endsWith(": ./run bench raw"))
                .satisfies(lines -> assertThat(lines.get(1)).endsWith("JDK " + Runtime.version()))
                .satisfies(lines -> assertThat(lines.get(2)).endsWith(", 1 MiB"));
    }
}
