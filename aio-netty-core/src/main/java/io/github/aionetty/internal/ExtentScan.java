// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.IOException;

/**
 * Where a file has data, window by window: {@code SEEK_DATA} and {@code SEEK_HOLE} of a million
 * extents take seconds and would take megabytes. A helper loads a window, then the loop takes it.
 */
final class ExtentScan {
    private static final int WINDOW = 512;

    /** What extents are rounded to: a copy that writes less goes through the page cache. */
    private final long unit;

    private final long[] starts = new long[WINDOW];
    private final long[] ends = new long[WINDOW];
    private int count;
    private int next;
    private long at;
    private long size;
    private boolean finished;

    ExtentScan(long unit) {
        this.unit = unit;
    }

    /**
     * On a helper: the next window. Only one that begins behind all data is the last, so that what
     * is appended while the copy goes on belongs to it.
     */
    Void load(OpenFile file) throws IOException {
        count = 0;
        next = 0;
        size = file.attributes().size();
        while (count < WINDOW) {
            long data = at >= size ? -1 : file.dataFrom(at);
            long hole = data < 0 ? -1 : file.holeFrom(data);
            if (hole <= data) {
                // Nothing more, or it was cut in between.
                break;
            }
            long up = hole + unit - 1 & -unit;
            starts[count] = Math.max(at, data & -unit);
            ends[count] = up <= size ? up : hole;
            at = ends[count++];
        }
        finished = count == 0;
        return null;
    }

    /** The file's size, as the last window found it. */
    long size() {
        return size;
    }

    /** Whether there is no more data. */
    boolean isFinished() {
        return finished;
    }

    /** Moves to the next extent of the window; false if there is none. */
    boolean advance() {
        if (next == count) {
            return false;
        }
        next++;
        return true;
    }

    /** Where the current extent begins. */
    long start() {
        return starts[next - 1];
    }

    /** Where the current extent ends. */
    long end() {
        return ends[next - 1];
    }
}
