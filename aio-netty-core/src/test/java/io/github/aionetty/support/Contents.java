// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares large files; AssertJ does it byte by byte, 50 times slower. */
public final class Contents {
    private Contents() {}

    /** Fails where they differ, with the position. */
    public static void assertSame(Path file, Path expected) throws IOException {
        long difference = Files.mismatch(file, expected);
        assertThat(difference).as("where %s differs from %s", file, expected).isEqualTo(-1);
    }
}
