// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioMetrics;
import io.github.aionetty.AioRoute;

/** A live view: reads the loop's fields as they are, without stopping it. */
record ContextMetrics(DefaultAioContext context) implements AioMetrics {
    @Override
    public int capacity() {
        return context.flow.slots.capacity();
    }

    @Override
    public int inFlight() {
        return context.flow.slots.inUse();
    }

    @Override
    public int pending() {
        return context.flow.pending.size();
    }

    @Override
    public long completed() {
        return context.counters.completed.get();
    }

    @Override
    public long submits() {
        return context.counters.submits.get();
    }

    @Override
    public long helperTransfers() {
        return context.counters.helperTransfers.get();
    }

    @Override
    public long routed(AioRoute route) {
        return context.counters.routes[route.ordinal()].get();
    }

    @Override
    public long copies() {
        return context.counters.copies.get();
    }

    @Override
    public long stalls() {
        return context.counters.stalls.get();
    }

    @Override
    public long preemptions() {
        return context.counters.preemptions.get();
    }

    @Override
    public long longestStallNanos() {
        return context.counters.longestStall.get();
    }
}
