// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Netty, this module or both, moved to another package with the library's file renamed to fit. */
class RelocationTest {
    @ParameterizedTest(name = "Netty at {0}, we at {1}: lib{2}")
    @CsvSource({
        "'', '', aio_netty_",
        "a.b., '', a_b_aio_netty_",
        "'', c., c_aio_netty_",
        "a.b., a.b., a_b_aio_netty_",
        "a., c., a_c_aio_netty_",
        "a_b., a_b., a_1b_aio_netty_",
    })
    void theLibraryIsFoundAndItsMethodsAreRegistered(String netty, String own, String name)
            throws Exception {
        String library = "lib" + name + Platform.arch() + ".so";
        OtherLoader loader = new OtherLoader(netty, own, library);
        Class<?> moved = loader.moved(NativeLibrary.class);
        assertThat(moved.getName()).isEqualTo(own + NativeLibrary.class.getName());
        assertThat(moved).isNotSameAs(NativeLibrary.class);
        assertThat(moved.getMethod("unavailabilityCause").invoke(null)).isNull();
        assertThat(loader.moved(Memory.class).getMethod("pageSize").invoke(null))
                .isEqualTo(Memory.pageSize());
    }

    /** Its methods go with its classes: nothing of it stays, and nothing calls it any more. */
    @Test
    @Timeout(30)
    void theLibraryGoesWithItsLoader() throws Exception {
        String name = "once_aio_netty_" + Platform.arch();
        OtherLoader loader = new OtherLoader("", "once.", "lib" + name + ".so");
        assertThat(loader.moved(Memory.class).getMethod("pageSize").invoke(null)).isNotNull();
        assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(name);
        loader = null;
        await().untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(Files.readString(Path.of("/proc/self/maps")))
                                    .doesNotContain(name);
                        });
    }

    @Test
    void aPrefixThatBothShareIsNamedOnce() {
        assertThat(LibraryName.of("x", "", "")).isEqualTo("aio_netty_x");
        assertThat(LibraryName.of("x", "a.b.", "a.b.")).isEqualTo("aio_netty_x");
        assertThat(LibraryName.of("x", "a.", "a_b.c.")).isEqualTo("a_1b_c_aio_netty_x");
    }

    @Test
    void architecturesAreNamedAsNettyNamesThem() {
        assertThat(Platform.normalize("amd64")).isEqualTo("x86_64");
        assertThat(Platform.normalize("X86_64")).isEqualTo("x86_64");
        assertThat(Platform.normalize("aarch64")).isEqualTo("aarch_64");
        assertThat(Platform.normalize("riscv64")).isEqualTo("riscv64");
    }
}
