// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Names beside others. */
class TemporaryNameTest {
    @Test
    void itIsBesideTheTargetAndNeverTheSameTwice() {
        Path target = Path.of("some", "x".repeat(255));
        Path name = TemporaryName.beside(target);
        assertThat(name.getParent()).isEqualTo(Path.of("some"));
        assertThat(name.getFileName().toString())
                .matches("\\.aio-netty-[0-9a-f]+\\.part")
                .hasSizeLessThan(40);
        assertThat(TemporaryName.beside(target)).isNotEqualTo(name);
        assertThat(TemporaryName.beside(Path.of("plain")).getParent()).isNull();
    }
}
