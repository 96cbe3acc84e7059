// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Names that break pages. */
final class NastyNames {
    /** With what the page shows for each. */
    static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("<script>alert(1)<", "<script>alert(1)<"),
                    Map.entry("javascript:alert(1)", "javascript:alert(1)"),
                    Map.entry("\" onclick=alert(1) x='", "\" onclick=alert(1) x='"),
                    Map.entry("&amp;&lt;", "&amp;&lt;"),
                    Map.entry("%2f", "%2f"),
                    Map.entry("%", "%"),
                    Map.entry("a#b", "a#b"),
                    Map.entry("a?sort=size", "a?sort=size"),
                    Map.entry("a\\b", "a\\b"),
                    Map.entry("~", "~"),
                    Map.entry("日本 ünï", "日本 ünï"),
                    Map.entry("שלום 1", "שלום 1"),
                    Map.entry("\ud83d\udc69\u200d\ud83d\ude80", "\ud83d\udc69\u200d\ud83d\ude80"),
                    Map.entry("photo\u202egpj exe", "photoU+202Egpj exe"),
                    Map.entry("new\nline", "newU+000Aline"),
                    Map.entry("tab\t\u007f", "tabU+0009U+007F"),
                    Map.entry("two  blanks", "two  blanks"),
                    Map.entry(" leading", " leading"),
                    Map.entry("trailing  ", "trailing  "),
                    Map.entry(" ", " "),
                    Map.entry("l" + "o".repeat(240) + "ng", "l" + "o".repeat(240) + "ng"));

    private NastyNames() {}

    static void create(Path directory) throws IOException {
        for (String name : ALL.keySet()) {
            Files.writeString(directory.resolve(name), content(name));
        }
    }

    static String content(String name) {
        return "content of " + name;
    }
}
