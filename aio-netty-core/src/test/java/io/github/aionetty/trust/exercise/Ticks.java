// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import java.util.concurrent.atomic.AtomicLong;

/** One order of everything that all threads do: who has the lower tick came first. */
final class Ticks {
    /** Has not happened yet. */
    static final long NEVER = Long.MAX_VALUE;

    private static final AtomicLong LAST = new AtomicLong();

    private Ticks() {}

    static long next() {
        return LAST.incrementAndGet();
    }
}
