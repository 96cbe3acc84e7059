// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void everyConstantHasItsNameAndADescription() throws IllegalAccessException {
        for (Field field : Errno.class.getFields()) {
            int errno = field.getInt(null);
            assertThat(Errno.name(errno)).isEqualTo(field.getName());
            assertThat(Errno.describe(errno)).isNotBlank().doesNotContain("Unknown");
        }
        assertThat(Errno.class.getFields()).hasSizeGreaterThan(30);
    }

    @Test
    void anUnlistedNumberIsShownAsItIs() {
        assertThat(Errno.name(999)).isEqualTo("errno 999");
        assertThat(Errno.describe(999)).isEqualTo("Unknown error 999");
        assertThat(Errno.name(0)).isEqualTo("errno 0");
    }
}
