// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/**
 * Where a {@link CompletionRing} gets its events from, one at a time.
 *
 * <p>An event that was taken is gone from the source; its values are in {@link #data} and {@link
 * #res} until the next one is taken.
 */
abstract class EventSource {
    long data;
    long res;

    abstract boolean mapped();

    /** Capacity in events. */
    abstract int size();

    /**
     * Takes one event.
     *
     * @param wanted how many the caller would take in all, at least 1
     * @return 1, 0 when there is none, or a negated errno
     */
    abstract int take(int wanted);

    abstract boolean hasEvents();

    /** Takes one event out of memory that is not the kernel's; works after {@link #close}. */
    abstract boolean takeFetched();

    /** After this the kernel's memory is not touched any more. */
    abstract void close();
}
