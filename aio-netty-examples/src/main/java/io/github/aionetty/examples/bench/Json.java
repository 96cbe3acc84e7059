// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.List;
import java.util.stream.Collectors;

/** What results need of JSON. */
public final class Json {
    private Json() {}

    /**
     * The first line of results, about the run.
     *
     * @param about where, when and how it was measured
     */
    public static String about(List<String> about) {
        return about.stream()
                .map(Json::quoted)
                .collect(Collectors.joining(",", "{\"about\":[", "]}\n"));
    }

    /**
     * A string.
     *
     * @param text any characters
     */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
