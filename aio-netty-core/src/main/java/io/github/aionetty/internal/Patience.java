// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * How long something is tried again that the kernel refuses for the moment. By time, and by tries
 * as well: a process can be stopped for longer than that between two of them.
 */
final class Patience {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Patience.class);

    private static final int TRIES = 20;

    private final long nanos;
    private long since;
    private int tries;

    /** What {@code io_submit} says where the same call may do later: no room, or interrupted. */
    static boolean isForTheMoment(int accepted) {
        return accepted == 0 || accepted == -Errno.EAGAIN || accepted == -Errno.EINTR;
    }

    /**
     * Waits, interrupted or not: what is in flight has to reach its end, and nobody may stop it.
     */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            LOGGER.debug("interrupt ignored");
        }
    }

    Patience(long nanos) {
        this.nanos = nanos;
    }

    /** It has been refused: whether that is the first time in a row. */
    boolean begins() {
        return tries == 0;
    }

    /** It has been refused: false once that has been so for long enough. */
    boolean isLeft() {
        long now = System.nanoTime();
        if (tries == 0) {
            since = now;
        }
        if (tries < TRIES) {
            tries++;
            return true;
        }
        return now - since <= nanos;
    }

    /** It has not been refused. */
    void renew() {
        tries = 0;
    }
}
