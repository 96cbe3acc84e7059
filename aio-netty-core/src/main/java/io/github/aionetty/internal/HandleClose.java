// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of one handle: waits for the handle's operations, gives its share of the descriptor back,
 * and closes that with the last share.
 */
final class HandleClose {
    private final DefaultAioFile file;
    private final List<Promise<Void>> waiting = new ArrayList<>(1);
    private final AtomicBoolean released = new AtomicBoolean();

    private volatile boolean requested;
    private volatile boolean forced;

    // Confined to the loop.
    private boolean began;
    private boolean completed;
    private boolean ended;

    HandleClose(DefaultAioFile file) {
        this.file = file;
    }

    /** Any thread. */
    Promise<Void> close(Promise<Void> promise) {
        requested = true;
        DefaultAioContext context = file.context;
        if (context.eventLoop().inEventLoop()) {
            begin(promise);
        } else {
            // Where the loop has ended, its drainer closes every file, and then completes this.
            MustRun.on(
                    context.eventLoop(),
                    () -> begin(promise),
                    () -> context.shutdown.close(promise));
        }
        return promise;
    }

    private void begin(Promise<Void> promise) {
        began = true;
        if (completed || ended || forced) {
            promise.trySuccess(null);
            return;
        }
        // A detached context's drainer closes the descriptor, and takes the promise then.
        waiting.add(promise);
        check();
    }

    /** On the loop: goes on once nothing is outstanding. */
    void check() {
        if (!began || file.outstanding > 0 || file.context.shutdown.isDetached()) {
            return;
        }
        if (released.compareAndSet(false, true)) {
            file.context.files.remove(file);
            if (file.release()) {
                // Listened to wherever it completes: on the loop, or after its end on the drainer.
                Promise<Void> closed = ImmediateEventExecutor.INSTANCE.newPromise();
                closed.addListener(f -> complete(f.cause()));
                new CloseTask(file.context, file.open, closed).start();
            } else {
                complete(null);
            }
        }
    }

    private void complete(Throwable failure) {
        completed = true;
        for (Promise<Void> promise : waiting) {
            if (failure == null) {
                promise.trySuccess(null);
            } else {
                promise.tryFailure(failure);
            }
        }
        waiting.clear();
    }

    /** The context ends: gives the share back without waiting; nothing is in flight. Blocks. */
    void endNow() {
        requested = true;
        if (released.compareAndSet(false, true) && file.release()) {
            Closing.closeNow(file.open);
        }
    }

    /** As {@link #endNow}, from a thread that must not block. */
    void force() {
        requested = true;
        forced = true;
        if (released.compareAndSet(false, true)) {
            file.context.files.remove(file);
            Closing.later(file);
        }
    }

    /** Promises of a close that the context's end has overtaken. */
    List<Promise<Void>> overtaken() {
        List<Promise<Void>> promises = new ArrayList<>(waiting);
        waiting.clear();
        ended = true;
        return promises;
    }

    boolean requested() {
        return requested;
    }

    boolean began() {
        return began;
    }
}
