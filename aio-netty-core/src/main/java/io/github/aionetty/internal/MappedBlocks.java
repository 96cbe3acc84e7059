// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which blocks of a file are known to have a place on the disk, so that a direct write of them
 * allocates nothing. A bit a block, in windows of 16 MiB that exist where something is known; a
 * window that is known as a whole needs none. What is not known costs a helper, never a byte.
 *
 * <p>Changed under a monitor of its owner's, read by any thread without a lock. At most 2 MiB of
 * bits a file; beyond so many windows, 4 TiB of them, nothing is known.
 */
final class MappedBlocks {
    /** 16 MiB. */
    static final int WINDOW_SHIFT = 24;

    private static final int MAX_WINDOWS = 1 << 18;
    private static final int MAX_BITMAP_BYTES = 2 * 1024 * 1024;

    private static final AtomicReferenceArray<AtomicLongArray> NONE = new AtomicReferenceArray<>(0);

    /** Stands for a window of ones. */
    private static final AtomicLongArray ALL = new AtomicLongArray(0);

    private final int blockShift;
    private final int windowShift;
    private final long window;
    private final int lastBit;
    private final int words;
    private final int maxBitmaps;
    private volatile AtomicReferenceArray<AtomicLongArray> windows = NONE;
    private int bitmaps;
    private volatile boolean everything;

    MappedBlocks(long block) {
        this(block, WINDOW_SHIFT);
    }

    MappedBlocks(long block, int windowShift) {
        this.windowShift = windowShift;
        window = 1L << windowShift;
        blockShift = Long.numberOfTrailingZeros(block);
        lastBit = (int) (window >> blockShift) - 1;
        words = (lastBit >> 6) + 1;
        maxBitmaps = MAX_BITMAP_BYTES / 8 / words;
    }

    /** A block device has no holes. */
    void addEverything() {
        everything = true;
    }

    /** Whether every block of the range, whole blocks, is known. */
    boolean covers(long from, long to) {
        if (everything) {
            return true;
        }
        AtomicReferenceArray<AtomicLongArray> known = windows;
        for (long at = from; at < to; at = windowEnd(at)) {
            long index = at >> windowShift;
            AtomicLongArray bits = index < known.length() ? known.get((int) index) : null;
            if (bits == null) {
                return false;
            }
            if (bits != ALL && !all(bits, bit(at), lastBit(at, to))) {
                return false;
            }
        }
        return true;
    }

    /** Takes up the whole blocks inside of the range. */
    void add(long from, long to) {
        long end = Math.min(to & -(1L << blockShift), (long) MAX_WINDOWS << windowShift);
        long at = (from + (1L << blockShift) - 1) & -(1L << blockShift);
        if (at < 0 || at >= end) {
            return;
        }
        AtomicReferenceArray<AtomicLongArray> known = upTo((int) ((end - 1) >> windowShift));
        for (; at < end; at = windowEnd(at)) {
            int index = (int) (at >> windowShift);
            boolean whole = (at & (window - 1)) == 0 && end - at >= window;
            AtomicLongArray bits = known.get(index);
            if (bits == ALL) {
                continue;
            }
            if (whole) {
                replace(known, index, ALL);
                continue;
            }
            if (bits == null) {
                bits = newBitmap(known, index);
            }
            if (bits != null && set(bits, bit(at), lastBit(at, end))) {
                replace(known, index, ALL);
            }
        }
    }

    /** Forgets every block that the range touches. */
    void remove(long from, long to) {
        AtomicReferenceArray<AtomicLongArray> known = windows;
        long blockEnd = to > Long.MAX_VALUE - window ? Long.MAX_VALUE : to;
        long limit = (long) known.length() << windowShift;
        long end = Math.min((blockEnd + (1L << blockShift) - 1) & -(1L << blockShift), limit);
        end = blockEnd == Long.MAX_VALUE ? limit : end;
        for (long at = from & -(1L << blockShift); at < end; at = windowEnd(at)) {
            int index = (int) (at >> windowShift);
            AtomicLongArray bits = known.get(index);
            if (bits == null) {
                continue;
            }
            if ((at & (window - 1)) == 0 && end - at >= window) {
                replace(known, index, null);
                continue;
            }
            if (bits == ALL) {
                replace(known, index, null);
                bits = newBitmap(known, index);
                if (bits == null) {
                    continue;
                }
                set(bits, 0, lastBit);
            }
            clear(bits, bit(at), lastBit(at, end));
        }
    }

    private long windowEnd(long at) {
        return (at & -window) + window;
    }

    private int bit(long at) {
        return (int) ((at & (window - 1)) >> blockShift);
    }

    /** The last bit of the range within the window of {@code at}. */
    private int lastBit(long at, long end) {
        return bit(Math.min(end, windowEnd(at)) - 1);
    }

    private AtomicReferenceArray<AtomicLongArray> upTo(int index) {
        AtomicReferenceArray<AtomicLongArray> known = windows;
        if (index < known.length()) {
            return known;
        }
        int length = Math.min(MAX_WINDOWS, Math.max(index + 1, 2 * known.length()));
        AtomicReferenceArray<AtomicLongArray> grown = new AtomicReferenceArray<>(length);
        for (int i = 0; i < known.length(); i++) {
            grown.setPlain(i, known.getPlain(i));
        }
        windows = grown;
        return grown;
    }

    private AtomicLongArray newBitmap(AtomicReferenceArray<AtomicLongArray> known, int index) {
        if (bitmaps == maxBitmaps) {
            return null;
        }
        AtomicLongArray bits = new AtomicLongArray(words);
        replace(known, index, bits);
        return bits;
    }

    private void replace(
            AtomicReferenceArray<AtomicLongArray> known, int index, AtomicLongArray bits) {
        AtomicLongArray old = known.getPlain(index);
        bitmaps += (isBitmap(bits) ? 1 : 0) - (isBitmap(old) ? 1 : 0);
        known.set(index, bits);
    }

    /** What the bits take; under the monitor. */
    long bitmapBytes() {
        return 8L * words * bitmaps;
    }

    private static boolean isBitmap(AtomicLongArray bits) {
        return bits != null && bits != ALL;
    }

    /** The bits of a word that lie in the range. */
    private static long mask(int word, int first, int last) {
        long mask = -1L;
        if (word == first >> 6) {
            mask &= -1L << first;
        }
        if (word == last >> 6) {
            mask &= -1L >>> (63 - (last & 63));
        }
        return mask;
    }

    private static boolean all(AtomicLongArray bits, int first, int last) {
        for (int word = first >> 6; word <= last >> 6; word++) {
            long mask = mask(word, first, last);
            if ((bits.getAcquire(word) & mask) != mask) {
                return false;
            }
        }
        return true;
    }

    /** True if there is no zero left. */
    private boolean set(AtomicLongArray bits, int first, int last) {
        for (int word = first >> 6; word <= last >> 6; word++) {
            bits.setRelease(word, bits.getPlain(word) | mask(word, first, last));
        }
        long mask = mask(first >> 6, 0, lastBit);
        return (bits.getPlain(first >> 6) & mask) == mask && all(bits, 0, lastBit);
    }

    private static void clear(AtomicLongArray bits, int first, int last) {
        for (int word = first >> 6; word <= last >> 6; word++) {
            bits.setRelease(word, bits.getPlain(word) & ~mask(word, first, last));
        }
    }
}
