// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioEngine;

/**
 * What a builder was told; {@code exact} if the capacity was given and must not be lowered.
 *
 * @param patienceMillis how long the kernel may refuse a submission for want of room, or fail to
 *     tell of completions, with nothing getting better
 * @param busyPollMicros how long the loop looks for completions before it sleeps
 */
record ContextConfig(
        int capacity,
        boolean exact,
        int maxPending,
        AioEngine engine,
        int patienceMillis,
        int busyPollMicros) {
    static final int MAX_BUSY_POLL = 1000;
    static final int DEFAULT_CAPACITY = 256;
    static final int MAX_CAPACITY = 65_536;
    static final ContextConfig DEFAULT =
            new ContextConfig(DEFAULT_CAPACITY, false, 16_384, AioEngine.AUTO, 10_000, 0);
}
