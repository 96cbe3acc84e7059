// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Work that leaves the loop and comes back to it. Whoever finishes it on another thread posts it to
 * its context ({@link DefaultAioContext#post}); the context's owner, the loop or after its end the
 * drainer, takes it up again.
 */
abstract class Task extends Ranged {
    /** Links posted tasks, and chains of them. */
    Task nextPosted;

    /** Takes the result up, on the loop. */
    abstract void deliver();

    /** Takes the result up on the drainer's thread: the loop is shutting down or gone. */
    abstract void deliverTo(Drainer drainer);
}
