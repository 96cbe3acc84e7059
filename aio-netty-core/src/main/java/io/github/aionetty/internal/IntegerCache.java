// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Keeps the boxed results of recent operations, so that completing a promise with the same length
 * again allocates nothing. Confined to one loop.
 */
final class IntegerCache {
    private final Integer[] recent = new Integer[64];

    Integer get(int value) {
        // Lengths are mostly multiples of the block: fold the upper bits in.
        int hash = value ^ (value >>> 9) ^ (value >>> 15);
        int index = hash & (recent.length - 1);
        Integer cached = recent[index];
        if (cached == null || cached != value) {
            cached = value;
            recent[index] = cached;
        }
        return cached;
    }
}
