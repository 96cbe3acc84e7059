// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void aTitleHasNothingThatATerminalObeys() {
        assertThat(Progress.title("a\u001b[2J\u009b1m\r\n\u007f\u202eb"))
                .isEqualTo("a?[2J?1m????b");
        assertThat(Progress.title("größe \ud83d\ude00.txt")).isEqualTo("größe \ud83d\ude00.txt");
    }

    @Test
    void aTitleIsShort() {
        assertThat(Progress.title("\ud83d\ude00".repeat(30))).isEqualTo("\ud83d\ude00".repeat(20));
    }
}
