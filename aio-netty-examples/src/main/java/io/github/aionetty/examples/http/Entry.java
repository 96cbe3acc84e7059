// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import java.nio.file.Path;

/**
 * A line of a directory page.
 *
 * @param name the file's name
 * @param attributes of the file, links followed
 * @param reachable whether a URI can name it
 */
record Entry(String name, AioFileAttributes attributes, boolean reachable) {

    static Entry of(Path path, AioFileAttributes attributes) {
        Path file = path.getFileName();
        String name = file.toString();
        // Bytes that are no UTF-8 have become U+FFFD, which stands for itself in few names.
        boolean reachable =
                name.indexOf('\ufffd') < 0 || file.getFileSystem().getPath(name).equals(file);
        return new Entry(name, attributes, reachable);
    }

    boolean isDirectory() {
        return attributes.isDirectory();
    }

    long size() {
        return attributes.size();
    }
}
