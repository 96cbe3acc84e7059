// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Syscalls;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps writers that allocate ahead of one file, in whatever processes, from cutting off each
 * other's space: each holds a byte of its own, far behind any data, and who cuts holds all of them.
 * Locks of the open file description go with its descriptor, also when the process is killed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_OFD_SETLK.2const.html">F_OFD_SETLK</a>
 */
final class SpaceLock {
    private static final long FIRST = 1L << 62;
    private static final int BYTES = 1 << 20;
    private static final int TRIES = 8;

    private SpaceLock() {}

    /** Takes a byte; waits while somebody has all of them. False where there are no locks. */
    static boolean share(Syscalls sys, int fd) {
        for (int i = 0; i < TRIES; i++) {
            if (sys.lock(fd, true, any(), 1, false) >= 0) {
                return true;
            }
        }
        return sys.lock(fd, true, any(), 1, true) >= 0;
    }

    private static long any() {
        return FIRST + ThreadLocalRandom.current().nextInt(BYTES);
    }

    /** Takes all bytes, if nobody else has one; they go with the descriptor. */
    static boolean takeAll(Syscalls sys, int fd) {
        return sys.lock(fd, true, FIRST, BYTES, false) >= 0;
    }
}
