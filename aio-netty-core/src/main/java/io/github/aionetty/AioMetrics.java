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

    /**
     * {@code io_submit} calls that kept the event loop for the threshold or longer, {@code
     * io.github.aionetty.stallThresholdMicros}; 2,000 where it is not set, and none are counted
     * where it is 0 or less. Each one is also a JFR event, {@code io.github.aionetty.Stall}, that
     * names the file and a likely cause; the log has one in ten seconds.
     *
     * <p>Calls in which the loop's thread did not sleep are not among them, but {@link
     * #preemptions()}. That is looked at for ten minutes after each slow call, so the first one is
     * always counted here, whatever it was, and is no warning in the log. Only the system call's
     * time counts: how long the JVM then holds the thread up, as during a garbage collection, does
     * not.
     *
     * @return count since the context was made
     * @see <a href="https://man7.org/linux/man-pages/man2/io_submit.2.html">io_submit(2)</a>
     */
    long stalls();

    /**
     * {@code io_submit} calls that took as long as a stall though the loop's thread did not sleep
     * in them: it waited for a CPU that others had, or, rarely, the kernel had much to compute.
     * Each one is a JFR event as well, with {@code preempted} as its verdict; there is no warning.
     *
     * @return count since the context was made
     * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
     */
    long preemptions();

    /**
     * The longest of the {@link #stalls()}.
     *
     * @return nanoseconds; 0 if there was none since the context was made
     */
    long longestStallNanos();
}
