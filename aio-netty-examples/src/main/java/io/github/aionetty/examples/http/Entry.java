// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import java.util.Comparator;

/**
 * A line of a directory page.
 *
 * @param name the file's name
 * @param attributes of the file, links followed
 */
record Entry(String name, AioFileAttributes attributes) {
    /** Directories first, then by name, as people order names. */
    static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry entry) -> !entry.attributes().isDirectory())
                    .thenComparing(Entry::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(Entry::name);
}
