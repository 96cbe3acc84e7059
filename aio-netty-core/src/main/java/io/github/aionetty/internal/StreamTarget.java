// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.util.concurrent.Promise;

/** Where a {@link FileStream} goes. On its loop, one call after another. */
public interface StreamTarget {
    /**
     * Opens what is written to.
     *
     * @param promise completed with it
     */
    void open(Promise<AioFile> promise);

    /**
     * All has been written: makes it durable, if that is wanted, and visible.
     *
     * @param length of what was written, in bytes
     * @param promise completed when done
     */
    void publish(long length, Promise<Void> promise);

    /**
     * It will not be whole: removes what there is, opened or not. No write is in flight.
     *
     * @param promise completed when done
     */
    void discard(Promise<Void> promise);
}
