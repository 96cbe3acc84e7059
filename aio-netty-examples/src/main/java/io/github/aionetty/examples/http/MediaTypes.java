// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.MimeTypes;

/** Content-Type by a file's extension: Jetty's table, and what it lacks. */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> MORE =
            Map.of(
                    "md", "text/markdown",
                    "log", "text/plain",
                    "webm", "video/webm",
                    "mkv", "video/matroska",
                    "flac", "audio/flac",
                    "jxl", "image/jxl",
                    "yaml", "application/yaml",
                    "yml", "application/yaml");

    private MediaTypes() {}

    static String of(String fileName) {
        String type = MimeTypes.DEFAULTS.getMimeByExtension(fileName);
        if (type == null) {
            String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
            type = MORE.getOrDefault(extension.toLowerCase(Locale.ROOT), UNKNOWN);
        }
        // HTML names its own encoding; other text cannot, and is UTF-8 nearly everywhere.
        return type.startsWith("text/") && !type.equals("text/html")
                ? type + "; charset=utf-8"
                : type;
    }
}
