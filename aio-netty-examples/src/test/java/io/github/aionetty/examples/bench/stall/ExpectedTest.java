// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong byte, or a wrong size, does not pass. */
class ExpectedTest {
    private static final int SIZE = 10_000;

    @TempDir Path directory;

    private final Expected expected = new Expected();
    private Path file;

    @BeforeEach
    void file() throws IOException {
        file = directory.resolve("file");
        int seed = expected.write(0, SIZE);
        Files.write(file, Pattern.bytes(0, SIZE, seed));
    }

    @Test
    void passesWhatIsRight() throws Exception {
        expected.check(file);
        assertThat(expected.bytes(SIZE - 5, 100)).hasSize(5);
        expected.truncate(SIZE + 1);
        assertThat(expected.bytes(SIZE, 100)).containsExactly(0);
    }

    @Test
    void namesAWrongByte() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[7777]++;
        Files.write(file, bytes);
        assertThatThrownBy(() -> expected.check(file)).hasMessageContaining("position=7777");
    }

    @Test
    void seesThatALaterWriteIsMissing() throws Exception {
        expected.checked();
        expected.write(100, 1);
        assertThatThrownBy(() -> expected.check(file)).hasMessageContaining("position=100");
    }

    @Test
    void seesAWrongSize() throws Exception {
        expected.truncate(SIZE - 1);
        assertThatThrownBy(() -> expected.check(file)).hasMessageContaining("size=" + SIZE);
    }
}
