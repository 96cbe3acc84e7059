// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;

/** Flags of {@link Syscalls#eventFd}; they do not differ between the supported architectures. */
public final class EventFd {
    /** Each read takes one off the counter instead of resetting it. */
    @Native public static final int EFD_SEMAPHORE = 1;

    /** Reads of a zero counter fail with EAGAIN instead of blocking. */
    @Native public static final int EFD_NONBLOCK = 0x800;

    /** The descriptor is not inherited by programs that this process executes. */
    @Native public static final int EFD_CLOEXEC = 0x80000;

    private EventFd() {}
}
