// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a path as the kernel has them. A {@code Path} keeps the bytes that a directory
 * listing gave, also where they are no valid text, and shows them only in its URI. Asking for that
 * looks at the file, so this is for helpers.
 */
final class PathBytes {
    private PathBytes() {}

    static byte[] of(Path path) {
        String escaped = path.toAbsolutePath().toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                // Everything outside of ASCII is escaped in a raw path.
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] all = bytes.toByteArray();
        // The URI of a directory ends in a slash, its name does not.
        boolean slash = all.length > 1 && all[all.length - 1] == '/';
        return slash ? java.util.Arrays.copyOf(all, all.length - 1) : all;
    }
}
