// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Prerequisites;
import io.netty.channel.epoll.Epoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void printsTheFile(@TempDir Path directory) throws Exception {
        Prerequisites.require(Epoll.isAvailable(), "no epoll");
        Path file = Files.writeString(directory.resolve("greeting.txt"), "Hello, AIO\n");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[] {file.toString()});
        } finally {
            System.setOut(out);
        }
        // On a busy machine a stall may be logged to the same place.
        assertThat(printed.toString(StandardCharsets.UTF_8)).containsOnlyOnce("Hello, AIO\n");
    }

    /** What people copy is what is compiled and run here. */
    @Test
    void theReadmeQuotesItVerbatim() throws IOException {
        String source =
                Files.readString(
                        MODULE.resolve(
                                "src/main/java/io/github/aionetty/examples/samples/QuickStart.java"));
        String snippet = between(source, "// snippet:begin\n", "// snippet:end").stripIndent();
        assertThat(snippet.lines().count()).as("lines").isLessThanOrEqualTo(15);
        assertThat(Files.readString(MODULE.resolveSibling("README.md")))
                .contains("```java\n" + snippet + "```");
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
