// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A bit for each window of a file. One thread at a time sets and clears them, any thread reads. The
 * first 64 take no array: most files need no more.
 */
final class WindowBits {
    static final int MAX_WINDOWS = 1 << 20;
    private static final AtomicLongArray NONE = new AtomicLongArray(0);

    private volatile long first;
    private volatile AtomicLongArray rest = NONE;

    boolean get(long window) {
        if (window < 64) {
            return (first & 1L << window) != 0;
        }
        AtomicLongArray bits = rest;
        long word = (window >> 6) - 1;
        return word < bits.length() && (bits.getAcquire((int) word) & 1L << window) != 0;
    }

    /** Nothing happens for windows beyond the last that is kept. */
    void set(long window) {
        if (window < 64) {
            first |= 1L << window;
        } else if (window < MAX_WINDOWS) {
            int word = (int) (window >> 6) - 1;
            reserve(word + 1);
            rest.setRelease(word, rest.getPlain(word) | 1L << window);
        }
    }

    void clear() {
        first = 0;
        rest = NONE;
    }

    private void reserve(int words) {
        AtomicLongArray bits = rest;
        if (words > bits.length()) {
            AtomicLongArray grown = new AtomicLongArray(Math.max(words, 2 * bits.length()));
            for (int i = 0; i < bits.length(); i++) {
                grown.setPlain(i, bits.getPlain(i));
            }
            rest = grown;
        }
    }
}
