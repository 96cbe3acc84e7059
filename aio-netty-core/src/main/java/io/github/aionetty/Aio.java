// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.KernelProbe;

/**
 * Tells whether kernel AIO works here, as {@link io.netty.channel.epoll.Epoll} does for epoll. The
 * first call loads the native library and asks the kernel once.
 */
public final class Aio {
    private Aio() {}

    /**
     * Whether contexts on epoll loops are performed by the kernel.
     *
     * @return true if so; else {@link #unavailabilityCause()} says why not
     */
    public static boolean isAvailable() {
        return unavailabilityCause() == null;
    }

    /**
     * Throws where kernel AIO does not work.
     *
     * @throws UnsatisfiedLinkError with the cause
     */
    public static void ensureAvailability() {
        Throwable cause = unavailabilityCause();
        if (cause != null) {
            throw (Error)
                    new UnsatisfiedLinkError("kernel AIO is not available: " + cause.getMessage())
                            .initCause(cause);
        }
    }

    /**
     * Why kernel AIO does not work here.
     *
     * @return the cause, or {@code null} where it works
     */
    public static Throwable unavailabilityCause() {
        return KernelProbe.cause();
    }
}
