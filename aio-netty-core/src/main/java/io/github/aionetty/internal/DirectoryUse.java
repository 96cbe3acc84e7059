// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the operations of a directory's handle, and closes it behind the last. Any thread. */
final class DirectoryUse implements Runnable {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(DirectoryUse.class);

    private static final long CLOSED = 1;
    private static final long OPERATION = 2;

    private final EventLoop loop;
    private final HeldDirectory held;

    /** Twice the number of operations, and {@link #CLOSED} from the call of close on. */
    private final AtomicLong state = new AtomicLong();

    private final LoopPromise<Void> closed;

    DirectoryUse(EventLoop loop, HeldDirectory held) {
        this.loop = loop;
        this.held = held;
        closed = new LoopPromise<>(loop);
    }

    /** Made of a directory that is closed already. */
    void neverOpen() {
        state.set(CLOSED);
        closed.trySuccess(null);
    }

    boolean isOpen() {
        return (state.get() & CLOSED) == 0;
    }

    /** Whether an operation may begin; each that did ends. */
    boolean begin() {
        long now;
        do {
            now = state.get();
            if ((now & CLOSED) != 0) {
                return false;
            }
        } while (!state.compareAndSet(now, now + OPERATION));
        return true;
    }

    void end() {
        if (state.addAndGet(-OPERATION) == CLOSED) {
            release();
        }
    }

    /** The end of an operation, for who does not know what it is of. */
    @Override
    public void run() {
        end();
    }

    Future<Void> close(Promise<Void> promise) {
        closed.addListener(done -> promise.trySuccess(null));
        long now;
        do {
            now = state.get();
            if ((now & CLOSED) != 0) {
                return promise;
            }
        } while (!state.compareAndSet(now, now | CLOSED));
        if (now == 0) {
            release();
        }
        return promise;
    }

    private void release() {
        if (held.release()) {
            Closing.onHelper(HelperLane.METADATA, held.device, this::closeNow);
        } else {
            MustRun.on(loop, this::complete, this::complete);
        }
    }

    private void closeNow() {
        try {
            held.close();
        } catch (IOException e) {
            // It is closed all the same, and nothing was written by it.
            LOGGER.warn("closing {} failed", held.path, e);
        }
        MustRun.on(loop, this::complete, this::complete);
    }

    private void complete() {
        closed.trySuccess(null);
    }
}
