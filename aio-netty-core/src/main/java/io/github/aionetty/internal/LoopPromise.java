// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * A promise whose listeners run on its loop, and after the loop's end where it is completed: what
 * is in flight then completes later, and Netty's own promise would tell nobody.
 */
final class LoopPromise<T> extends DefaultPromise<T> {
    LoopPromise(EventLoop loop) {
        super(loop);
    }

    /**
     * For an operation that is called now. After the loop's end that fails at once, and who tries
     * again in its listener would go on for ever: then it is Netty's, which tells nobody.
     */
    static <T> Promise<T> of(EventLoop loop) {
        return loop.isTerminated() ? loop.newPromise() : new LoopPromise<>(loop);
    }

    @Override
    protected EventExecutor executor() {
        EventExecutor loop = super.executor();
        return loop.isTerminated() ? ImmediateEventExecutor.INSTANCE : loop;
    }

    /** The other executor takes every thread for its own. */
    @Override
    protected void checkDeadLock() {
        if (super.executor().inEventLoop()) {
            throw new BlockingOperationException(toString());
        }
    }
}
