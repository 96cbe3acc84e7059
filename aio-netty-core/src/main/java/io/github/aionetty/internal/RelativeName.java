// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.nio.file.Path;
import java.util.Arrays;

/** Paths relative to an open directory, on any thread: nothing here looks at a file. */
final class RelativeName {
    /** Whatever is said to be beneath it, the kernel knows at once that it is not. */
    private static final Path NOWHERE = Path.of("/dev/null");

    private static final byte[] HERE = {'.'};

    private RelativeName() {}

    /** Refuses what names no file relative to a directory. */
    static Path check(Path relative) {
        OpenRequest.checkProvider(relative);
        if (relative.isAbsolute()) {
            throw new IllegalArgumentException(
                    "path="
                            + relative
                            + " is absolute (expected: relative to the directory, as"
                            + " Path.relativize gives it)");
        }
        return relative;
    }

    /** As the kernel has them. */
    static byte[] bytes(Path relative) {
        String text = relative.toString();
        int length = text.length();
        if (length == 0) {
            return HERE;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return escaped(relative);
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }

    /** Not of the text, which for names of other character sets is another one. */
    private static byte[] escaped(Path relative) {
        byte[] whole = PathBytes.of(NOWHERE.resolve(relative));
        int before = NOWHERE.toString().length() + 1;
        return Arrays.copyOfRange(whole, before, whole.length);
    }
}
