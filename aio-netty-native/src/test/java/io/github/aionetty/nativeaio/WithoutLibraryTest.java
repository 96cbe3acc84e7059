// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What happens on a machine, or with a class path, that has no native library. */
class WithoutLibraryTest {
    private final OtherLoader loader = new OtherLoader("", "", null);

    @TestFactory
    Stream<DynamicTest> everyClassLoadsAndInitialises() throws Exception {
        Path classes =
                Path.of(Syscalls.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names =
                    files.map(file -> classes.relativize(file).toString())
                            .filter(name -> name.startsWith("io/") && name.endsWith(".class"))
                            .map(name -> name.replace(".class", "").replace('/', '.'))
                            .filter(name -> !name.endsWith("package-info"))
                            .toList();
        }
        assertThat(names).hasSizeGreaterThan(15);
        return names.stream()
                .map(
                        name ->
                                DynamicTest.dynamicTest(
                                        name,
                                        () -> {
                                            Class<?> loaded = Class.forName(name, true, loader);
                                            assertThat(loaded.getClassLoader()).isSameAs(loader);
                                            loaded.getDeclaredMethods();
                                        }));
    }

    @Test
    void theCauseNamesTheDependencyThatIsMissing() throws Exception {
        Class<?> library = loader.moved(NativeLibrary.class);
        assertThat(library.getMethod("isAvailable").invoke(null)).isEqualTo(false);
        Throwable cause = (Throwable) library.getMethod("unavailabilityCause").invoke(null);
        assertThat(cause)
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("libaio_netty_" + Platform.arch() + ".so")
                .hasMessageContaining("io.github.aionetty:aio-netty-native:")
                .hasMessageContaining(":linux-" + Platform.arch())
                .hasCauseInstanceOf(Throwable.class);
        assertThatThrownBy(() -> library.getMethod("ensureAvailability").invoke(null))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessage(cause.getMessage())
                .hasCause(cause);
    }

    @Test
    void whatNeedsTheLibrarySaysSo() throws Exception {
        assertThatThrownBy(() -> loader.moved(LibAio.class).getMethod("instance").invoke(null))
                .cause()
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("add the dependency");
        assertThatThrownBy(
                        () ->
                                loader.moved(Memory.class)
                                        .getMethod("address", ByteBuffer.class)
                                        .invoke(null, ByteBuffer.allocateDirect(1)))
                .cause()
                .isInstanceOf(UnsatisfiedLinkError.class);
    }

    @Test
    void anotherOperatingSystemIsNamed() throws Exception {
        String linux = System.getProperty("os.name");
        System.setProperty("os.name", "Mac OS X");
        try {
            Class<?> library = loader.moved(NativeLibrary.class);
            Throwable cause = (Throwable) library.getMethod("unavailabilityCause").invoke(null);
            assertThat(cause).hasMessage("kernel AIO needs Linux; this is os.name=Mac OS X");
        } finally {
            System.setProperty("os.name", linux);
        }
    }
}
