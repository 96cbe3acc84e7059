// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

/** Counters of one {@link AioContext}; any thread may read, values may lag the loop by a moment. */
public interface AioMetrics {
    /**
     * The limit of {@link #inFlight()}.
     *
     * @return operations
     */
    int capacity();

    /**
     * Operations that have been taken up and have not completed.
     *
     * @return operations
     */
    int inFlight();

    /**
     * Operations waiting for a free place.
     *
     * @return operations
     */
    int pending();

    /**
     * Reads, writes and syncs that were taken up and have completed, successful or not.
     *
     * @return count since the context was made
     */
    long completed();

    /**
     * {@code io_submit} calls made by the event loop.
     *
     * @return count since the context was made
     */
    long submits();

    /**
     * Transfers handed to a helper thread, because they could have blocked the loop.
     *
     * @return count since the context was made
     */
    long helperTransfers();

    /**
     * Transfers by the way they took, and why. A large operation is made of several transfers, and
     * one that the kernel refused on the loop is counted again on its way to a helper.
     *
     * @param route which way
     * @return count since the context was made
     */
    long routed(AioRoute route);

    /**
     * Transfers that went through a buffer of the library's own, because the caller's memory,
     * position or length did not fit: the slow case.
     *
     * @return count since the context was made
     */
    long copies();
}
