// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

/** What performs a context's operations. */
public enum AioEngine {
    /** {@link #KERNEL} where it works, else {@link #THREAD_POOL} after one logged warning. */
    AUTO,

    /** Linux kernel AIO ({@code io_submit(2)}) on Netty's epoll event loop. */
    KERNEL,

    /**
     * A bounded pool of threads doing positional reads and writes: for loops that are not epoll,
     * for kernels and sandboxes without AIO, and for other operating systems.
     */
    THREAD_POOL
}
