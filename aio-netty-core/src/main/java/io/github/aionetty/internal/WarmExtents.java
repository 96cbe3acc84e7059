// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Which parts of a file's extent map the kernel has in memory, and which of those are fragmented: a
 * bit for each 16 MiB. Reads ask it without a lock; helpers change it, one at a time, under the
 * monitor of this object.
 */
final class WarmExtents {
    private static final int SHIFT = MappedBlocks.WINDOW_SHIFT;

    private final DeviceState device;
    private final WindowBits loaded = new WindowBits();
    private final WindowBits fragmented = new WindowBits();

    /** The device's generation when the bits were set. */
    private volatile int generation;

    private volatile boolean everything;

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

    /** A block device has no extents. */
    void addEverything() {
        everything = true;
    }

    /** Whether the kernel needs no disk to know where these bytes are. */
    boolean covers(long from, long to) {
        if (everything) {
            return true;
        }
        if (generation != device.generation()) {
            return false;
        }
        for (long window = from >> SHIFT; window <= (to - 1) >> SHIFT; window++) {
            if (!loaded.get(window)) {
                return false;
            }
        }
        return true;
    }

    /** Whether these bytes are known to lie in few pieces. */
    boolean isContiguous(long from, long to) {
        if (everything) {
            return true;
        }
        for (long window = from >> SHIFT; window <= (to - 1) >> SHIFT; window++) {
            if (!loaded.get(window) || fragmented.get(window)) {
                return false;
            }
        }
        return true;
    }

    /** The window at this position has many extents; {@link #add} follows. */
    synchronized void fragmented(long position) {
        fragmented.set(position >> SHIFT);
    }

    /**
     * The map is going to be loaded.
     *
     * @return the device's generation, for {@link #add}
     */
    synchronized int begin() {
        int now = device.generation();
        if (generation != now) {
            forget();
            generation = now;
        }
        return now;
    }

    /**
     * The map has been loaded from one window's start to another's.
     *
     * @param since the device's generation before the loading began
     */
    synchronized void add(long from, long to, int since) {
        if (generation != since) {
            forget();
            generation = since;
        }
        long last = Math.min(ceil(to) >> SHIFT, WindowBits.MAX_WINDOWS);
        for (long window = from >> SHIFT; window < last; window++) {
            loaded.set(window);
        }
    }

    /** All of it has to be loaded again. */
    synchronized void forget() {
        loaded.clear();
        fragmented.clear();
    }
}
