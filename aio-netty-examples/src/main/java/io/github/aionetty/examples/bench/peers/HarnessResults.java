// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the harness has noted of this library, a JSON object a line. */
final class HarnessResults {
    /** What the harness calls whoever is not its own. */
    private static final String PROJECT = "project";

    private HarnessResults() {}

    /**
     * Fails where a measurement of this library did: the harness notes that and goes on.
     *
     * @throws IOException with the first reason
     */
    static void check(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> ours =
                Files.readAllLines(file).stream()
                        .filter(line -> PROJECT.equals(field(line, "c")))
                        .toList();
        List<String> failed = ours.stream().filter(line -> field(line, "error") != null).toList();
        if (!failed.isEmpty()) {
            String first = failed.get(0);
            throw new IOException(
                    "this library failed "
                            + failed.size()
                            + " of "
                            + ours.size()
                            + " measurements, first dev="
                            + field(first, "dev")
                            + " wl="
                            + field(first, "wl")
                            + ": "
                            + field(first, "error"));
        }
    }

    /** A string as it is written; {@code null} if there is none of that name. */
    private static String field(String line, String name) {
        // Within a string a quotation mark has a backslash before it: this is no part of one.
        Matcher field =
                Pattern.compile("\"" + name + "\":\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"").matcher(line);
        return field.find() ? field.group(1) : null;
    }
}
