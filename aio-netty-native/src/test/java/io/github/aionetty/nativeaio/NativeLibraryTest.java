// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    @Test
    void isAvailableHere() {
        assertThat(NativeLibrary.unavailabilityCause()).isNull();
        assertThat(NativeLibrary.isAvailable()).isTrue();
        assertThatCode(NativeLibrary::ensureAvailability).doesNotThrowAnyException();
        assertThat(LibAio.instance()).isSameAs(LibAio.instance());
    }

    @Test
    void theLibraryWasMadeForTheseClasses() {
        assertThatCode(Handshake::check).doesNotThrowAnyException();
        assertThat(Handshake.abiVersion()).isEqualTo(Handshake.ABI_VERSION);
        assertThat(Handshake.openFlags()).isEqualTo(Handshake.expectedOpenFlags());
    }

    @Test
    void anotherAbiVersionIsRefusedWithBothVersionsAndTheRemedy() {
        assertThatThrownBy(() -> Handshake.compare(41, 42, true, 7, 7))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("library has ABI version 41")
                .hasMessageContaining("classes have ABI version 42")
                .hasMessageContaining("of the same release");
    }

    @Test
    void methodsThatDoNotFitAreRefusedEvenWithTheSameVersion() {
        assertThatThrownBy(() -> Handshake.compare(42, 42, false, 7, 7))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("methods do not fit the classes");
    }

    private static Throwable causeWhereRenamed(String name, String other) throws Exception {
        String library = "libaio_netty_" + Platform.arch() + ".so";
        Class<?> moved =
                new OtherLoader("", "", library).renaming(name, other).moved(NativeLibrary.class);
        return (Throwable) moved.getMethod("unavailabilityCause").invoke(null);
    }

    /** For the library the classes of another release look just so. */
    @Test
    void aMethodThatTheClassesDoNotHaveIsNoticedWhenTheLibraryIsLoaded() throws Exception {
        assertThat(causeWhereRenamed("-", "-")).isNull();
        assertThat(causeWhereRenamed("ioCancel", "ioCancelled"))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("methods do not fit the classes");
    }

    @Test
    void withoutItsHandshakeTheLibraryIsNotLoaded() throws Exception {
        for (String name : new String[] {"abiVersion", "nativeaio/Handshake"}) {
            assertThat(causeWhereRenamed(name, name + "Now"))
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageContaining("add the dependency");
        }
    }

    @Test
    void openFlagsOfAnotherArchitectureAreRefused() {
        long arm = Handshake.packed(0x10000, 0x4000, 0x8000);
        long intel = Handshake.packed(0x4000, 0x10000, 0x20000);
        assertThat(arm).isNotEqualTo(intel);
        assertThatThrownBy(() -> Handshake.compare(42, 42, true, arm, intel))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("os.arch=" + System.getProperty("os.arch"))
                .hasMessageContaining("classifier jar of this machine");
    }
}
