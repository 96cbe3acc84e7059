// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;

/**
 * Whether the loaded library and these classes were made for each other.
 *
 * <p>Its native methods are registered apart from those of {@link Native} and never change, so that
 * a library of another release can still say so in place of a NoSuchMethodError.
 */
final class Handshake {
    /**
     * The version of the interface between Java and C; raised with every change of a native method
     * or of a shared layout. C has it from the generated header it was compiled against.
     */
    @Native static final int ABI_VERSION = 8;

    private Handshake() {}

    /** The ABI version the library was compiled with. */
    static native int abiVersion();

    /** Whether all methods of {@link Native} were found and registered. */
    static native boolean registered();

    /** The bits of O_DIRECT, O_DIRECTORY and O_NOFOLLOW, 20 bits each, as C has them. */
    static native long openFlags();

    /** Asks the library that was just loaded. */
    static void check() {
        compare(abiVersion(), ABI_VERSION, registered(), openFlags(), expectedOpenFlags());
    }

    static long expectedOpenFlags() {
        return packed(OpenFlags.O_DIRECT, OpenFlags.O_DIRECTORY, OpenFlags.O_NOFOLLOW);
    }

    static long packed(int direct, int directory, int noFollow) {
        return ((long) direct << 40) | ((long) directory << 20) | noFollow;
    }

    static void compare(
            int library, int classes, boolean registered, long libraryFlags, long classesFlags) {
        if (library != classes || !registered) {
            throw new UnsatisfiedLinkError(
                    "the aio-netty native library has ABI version "
                            + library
                            + ", the classes have ABI version "
                            + classes
                            + (registered ? "" : ", and its methods do not fit the classes")
                            + ": use aio-netty-native and its linux classifier jar of the same"
                            + " release, and look for an older copy on the class path and in"
                            + " java.library.path");
        }
        if (libraryFlags != classesFlags) {
            throw new UnsatisfiedLinkError(
                    "the aio-netty native library was compiled with other open flags (0x"
                            + Long.toHexString(libraryFlags)
                            + ") than os.arch="
                            + System.getProperty("os.arch")
                            + " has (0x"
                            + Long.toHexString(classesFlags)
                            + "): use the classifier jar of this machine");
        }
    }
}
