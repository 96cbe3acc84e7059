// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioRoute;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** What a context counts. */
final class Counters {
    final LoopCounter completed = new LoopCounter();
    final LoopCounter submits = new LoopCounter();
    final LoopCounter copies = new LoopCounter();
    final LoopCounter stalls = new LoopCounter();
    final LoopCounter preemptions = new LoopCounter();

    /** In nanoseconds. */
    final LoopCounter longestStall = new LoopCounter();

    /** By {@link AioRoute}. */
    final LoopCounter[] routes = new LoopCounter[AioRoute.values().length];

    Counters() {
        Arrays.setAll(routes, i -> new LoopCounter());
    }

    /** Also counted by the thread that grants a range. */
    final AtomicLong helperTransfers = new AtomicLong();
}
