// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which parts of a file's extent map the kernel has in memory: a bit for each 16 MiB. Reads ask it
 * without a lock; helpers change it, one at a time, under the monitor of this object.
 */
final class WarmExtents {
    private static final int SHIFT = MappedBlocks.WINDOW_SHIFT;
    private static final int MAX_WINDOWS = 1 << 20;

    private static final AtomicLongArray NONE = new AtomicLongArray(0);

    private final DeviceState device;

    /** The first gigabyte: most files need no more. */
    private volatile long first;

    private volatile AtomicLongArray rest = NONE;

    /** The device's generation when the bits were set. */
    private volatile int generation;

    WarmExtents(DeviceState device) {
        this.device = device;
        this.generation = device.generation();
    }

    static long floor(long position) {
        return position & -(1L << SHIFT);
    }

    static long ceil(long position) {
        long up = position + (1L << SHIFT) - 1;
        return up < 0 ? Long.MAX_VALUE : floor(up);
    }

    /** Whether the kernel needs no disk to know where these bytes are. */
    boolean covers(long from, long to) {
        if (generation != device.generation()) {
            return false;
        }
        for (long window = from >> SHIFT; window <= (to - 1) >> SHIFT; window++) {
            if (!isSet(window)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSet(long window) {
        if (window < 64) {
            return (first & 1L << window) != 0;
        }
        AtomicLongArray bits = rest;
        long word = (window >> 6) - 1;
        return word < bits.length() && (bits.getAcquire((int) word) & 1L << window) != 0;
    }

    /**
     * The map has been loaded from one window's start to another's.
     *
     * @param loaded the device's generation before the loading began
     */
    synchronized void add(long from, long to, int loaded) {
        if (generation != loaded) {
            forget();
            generation = loaded;
        }
        long last = Math.min(ceil(to) >> SHIFT, MAX_WINDOWS);
        if (last > 64) {
            reserve((int) ((last + 63) / 64) - 1);
        }
        for (long window = from >> SHIFT; window < last; window++) {
            if (window < 64) {
                first |= 1L << window;
            } else {
                int word = (int) (window >> 6) - 1;
                rest.setRelease(word, rest.getPlain(word) | 1L << window);
            }
        }
    }

    /** All of it has to be loaded again. */
    synchronized void forget() {
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
