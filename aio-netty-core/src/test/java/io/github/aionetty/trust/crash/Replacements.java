// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The history of a name that stands for one complete file after another. */
final class Replacements extends History {
    private byte[] content;

    Replacements(Way way) {
        super(way);
    }

    @Override
    void apply(Change change) {
        content = change.content();
    }

    @Override
    long check(Path file, int mark) throws IOException {
        byte[] last = content;
        for (Change change : changes(true, mark)) {
            last = change.content();
        }
        byte[] actual = Files.exists(file) ? Files.readAllBytes(file) : null;
        if (!Arrays.equals(actual, last)) {
            assertThat(changes(false, mark))
                    .as(
                            "what %s may be, if not the last one reported: %s",
                            file, tell(actual, last))
                    .anyMatch(change -> Arrays.equals(change.content(), actual));
        }
        return last == null ? 0 : last.length;
    }

    private static String tell(byte[] actual, byte[] last) {
        if (actual == null || last == null) {
            return "there=" + (actual != null) + ", reported=" + (last != null);
        }
        int at = Arrays.mismatch(actual, last);
        return "length=" + actual.length + ", reported=" + last.length + ", differs at " + at;
    }

    @Override
    void settle(Path file) throws IOException {
        content = Files.exists(file) ? Files.readAllBytes(file) : null;
        forgetEntries();
    }

    @Override
    void checkOpened(long size, int mark) {
        throw new AssertionError("never opened: " + way);
    }

    @Override
    void opened(long size, int mark) {
        checkOpened(size, mark);
    }
}
