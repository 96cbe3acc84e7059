// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import java.util.SplittableRandom;

/**
 * One change of a file, announced before it is begun. Its bytes follow from its version alone, so
 * that who checks them needs no more than the announcement.
 *
 * @param file the {@link Way}'s ordinal
 * @param version unique over all writers of a run
 * @param position bytes from the start of the file; of a truncation the new size
 * @param length bytes; 0 of a truncation
 */
record Change(int file, int version, Kind kind, int position, int length) {
    enum Kind {
        WRITE,
        TRUNCATE,
        ALLOCATE,
        /** The name stands for another file from now on, which has this content. */
        REPLACE
    }

    static Change parse(String[] words, int from) {
        return new Change(
                Integer.parseInt(words[from]),
                Integer.parseInt(words[from + 1]),
                Kind.valueOf(words[from + 2]),
                Integer.parseInt(words[from + 3]),
                Integer.parseInt(words[from + 4]));
    }

    /** What {@link #parse} takes. */
    String words() {
        return file + " " + version + ' ' + kind + ' ' + position + ' ' + length;
    }

    int end() {
        return position + length;
    }

    byte[] content() {
        byte[] content = new byte[length];
        new SplittableRandom(version).nextBytes(content);
        return content;
    }
}
