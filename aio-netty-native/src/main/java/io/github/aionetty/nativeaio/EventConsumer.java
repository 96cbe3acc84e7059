// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/** Takes one completion out of a {@link CompletionRing}. */
@FunctionalInterface
public interface EventConsumer {
    /**
     * Called on the polling thread, after the event has left the ring.
     *
     * @param data what {@link IocbArray#set} was given as {@code data}
     * @param res bytes transferred, or a negated errno
     */
    void accept(long data, long res);
}
