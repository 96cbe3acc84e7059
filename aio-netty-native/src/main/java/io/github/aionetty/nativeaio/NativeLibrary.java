// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import io.netty.util.internal.NativeLibraryLoader;

/**
 * Loads the native library, once, at the first question; loading this class does nothing.
 *
 * <p>Any thread may ask. The answer never changes.
 */
public final class NativeLibrary {
    private NativeLibrary() {}

    /** Whether the library is loaded and fits. */
    public static boolean isAvailable() {
        return unavailabilityCause() == null;
    }

    /** Why the library is not available, with the remedy in its message; null when it is. */
    public static Throwable unavailabilityCause() {
        return Once.CAUSE;
    }

    /**
     * Does nothing when the library is available.
     *
     * @throws UnsatisfiedLinkError with the cause otherwise
     */
    public static void ensureAvailability() {
        Throwable cause = Once.CAUSE;
        if (cause != null) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(cause.getMessage());
            error.initCause(cause);
            throw error;
        }
    }

    /** Its initialisation is the one attempt. */
    private static final class Once {
        static final Throwable CAUSE = tryLoad();
    }

    private static Throwable tryLoad() {
        if (!Platform.isLinux()) {
            return new UnsatisfiedLinkError(
                    "kernel AIO needs Linux; this is os.name=" + Platform.os());
        }
        String name = LibraryName.of(Platform.arch());
        try {
            NativeLibraryLoader.load(name, NativeLibrary.class.getClassLoader());
        } catch (Throwable notLoaded) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(remedy(name, notLoaded));
            error.initCause(notLoaded);
            return error;
        }
        try {
            Handshake.check();
            return null;
        } catch (UnsatisfiedLinkError mismatch) {
            return mismatch;
        }
    }

    private static String remedy(String name, Throwable notLoaded) {
        return "could not load the aio-netty native library "
                + System.mapLibraryName(name)
                + " ("
                + notLoaded.getMessage()
                + "): add the dependency io.github.aionetty:aio-netty-native:"
                + version()
                + ":linux-"
                + Platform.arch()
                + " to the class path, or to the module path with --add-modules"
                + " io.github.aionetty.nativeaio.linux."
                + Platform.arch();
    }

    private static String version() {
        String version = NativeLibrary.class.getPackage().getImplementationVersion();
        return version != null ? version : "<version of aio-netty-native>";
    }
}
