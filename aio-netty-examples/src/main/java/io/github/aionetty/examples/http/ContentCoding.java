// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.nio.file.Path;
import java.util.Locale;

/** A way to compress that a file beside another may have been made with; the best comes first. */
enum ContentCoding {
    BR("br"),
    ZSTD("zst"),
    GZIP("gz");

    private final String extension;

    ContentCoding(String extension) {
        this.extension = extension;
    }

    /** As it is called in Accept-Encoding and Content-Encoding. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a file's compressed form is. */
    Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + "." + extension);
    }
}
