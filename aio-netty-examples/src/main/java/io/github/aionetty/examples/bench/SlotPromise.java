// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;

/**
 * The promise of one operation after another, so that none is allocated: it keeps no result but
 * passes each on, and is as good as new then.
 */
public abstract class SlotPromise extends DefaultPromise<Integer> {

    /**
     * Makes the promise of a slot.
     *
     * @param loop the one that completes it
     */
    protected SlotPromise(EventLoop loop) {
        super(loop);
    }

    /**
     * On the loop: an operation succeeded. The next one may be started.
     *
     * @param count bytes transferred
     */
    protected abstract void succeeded(int count);

    /**
     * On the loop: an operation failed. The next one may be started.
     *
     * @param cause the reason
     */
    protected abstract void failed(Throwable cause);

    @Override
    public final boolean setUncancellable() {
        return true;
    }

    @Override
    public final boolean trySuccess(Integer count) {
        succeeded(count);
        return true;
    }

    @Override
    public final boolean tryFailure(Throwable cause) {
        failed(cause);
        return true;
    }
}
