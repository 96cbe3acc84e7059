// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicLong;

/** A counter that one thread writes, without a fence, and any thread reads. */
final class LoopCounter {
    private final AtomicLong value = new AtomicLong();

    void increment() {
        value.setOpaque(value.getPlain() + 1);
    }

    void raiseTo(long least) {
        if (least > value.getPlain()) {
            value.setOpaque(least);
        }
    }

    long get() {
        return value.getOpaque();
    }
}
