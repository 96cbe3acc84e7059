// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Which pages of a file the page cache is known to hold, since a helper has read or written them. A
 * buffered read of any other starts reading ahead inside of {@code io_submit}, also with
 * RWF_NOWAIT: that looks extents up on the disk, and waits for a place in the device's queue.
 *
 * <p>Any thread asks without a lock. Pages that the kernel has dropped meanwhile show by a refusal,
 * and are forgotten then.
 */
final class CachedPages {
    /** Of any machine's pages the smallest. */
    private static final long PAGE = 4096;

    /** A mebibyte: small files shall not cost much. */
    private static final int WINDOW_SHIFT = 20;

    private final DeviceState device;
    private final MappedBlocks pages = new MappedBlocks(PAGE, WINDOW_SHIFT);

    /** Ever anything: a file that is only used past the page cache need not ask further. */
    private volatile boolean used;

    /** The device's generation when the pages were read. */
    private volatile int generation;

    CachedPages(DeviceState device) {
        this.device = device;
        this.generation = device.generation();
    }

    boolean covers(long from, long to) {
        return from < to && generation == device.generation() && pages.covers(from, to);
    }

    /** The bytes have been transferred; the last page may be the file's last. */
    synchronized void add(long from, long to) {
        if (from >= to) {
            return;
        }
        used = true;
        int now = device.generation();
        if (generation != now) {
            pages.remove(0, Long.MAX_VALUE);
            generation = now;
        }
        pages.add(from & -PAGE, to + PAGE - 1);
    }

    /** The kernel has dropped them, or does so for a direct write. */
    void remove(long from, long to) {
        if (used) {
            synchronized (this) {
                pages.remove(from, to);
            }
        }
    }
}
