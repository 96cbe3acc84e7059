// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/** Learns that an {@code io_submit} has kept the loop. */
@FunctionalInterface
interface StallListener {
    /**
     * On the loop, in the middle of a flush: nothing may be submitted from here.
     *
     * @param suspect what has most likely blocked; in flight, and to be read only during this call
     * @param verdict whether it is known to have blocked, or may have
     * @param nanos how long the call took
     */
    void stalled(Operation suspect, StallVerdict verdict, long nanos);
}
