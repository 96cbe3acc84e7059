// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioEngine;

/**
 * What performs transfers for a context. {@link #submit} and {@link #afterReap} are the loop's,
 * {@link #perform} and {@link #performAll} are a helper's, and once detached {@link #drain} and
 * {@link #destroy} are the drainer's.
 */
interface Engine {
    AioEngine kind();

    /** Whether transfers of this file can be submitted from the loop at all. */
    boolean submitsOnLoop(OpenFile file);

    /** Queues the operation's transfer; it goes out with this turn of the loop at the latest. */
    void submit(Operation operation);

    /**
     * Submits or performs the operation's transfer, blocking. The result comes back to the context;
     * the operation is not this thread's any more when this returns.
     */
    void perform(Operation operation);

    /**
     * The same for transfers of one file, in as few calls as there can be.
     *
     * @param chain operations, linked as {@link PostedTasks#takeStack} links them
     */
    void performAll(Task chain);

    /**
     * On the loop: starts these once what has completed by now has been looked at.
     *
     * @return false if nothing is being looked at
     */
    boolean afterReap(RefusedOverwrites refused);

    /**
     * Takes out one operation that was queued and not submitted yet; {@code null} if none is left.
     */
    Operation withdraw();

    /** Ends the loop's part: nothing more is submitted or reaped on it. */
    void detach();

    /**
     * Hands results that arrive within the time to the drainer.
     *
     * @param drainer takes them up
     * @param millis how long to wait for the first one
     * @return false if it could not wait, and there is none
     */
    boolean drain(Drainer drainer, int millis);

    /** Frees what the engine holds; nothing is in flight any more. Blocks. */
    void destroy();
}
