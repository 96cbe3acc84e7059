// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * A {@link Pause} that is a task, so that the context waits for it, and whoever waits goes on after
 * the loop's end, too.
 */
final class PauseTask extends MetadataTask<Void> {
    private PauseTask(DefaultAioContext context, Promise<Void> promise) {
        super(context, null, promise);
    }

    /**
     * On the owner.
     *
     * @param then is told why it must not go on, or {@code null}
     */
    static void start(DefaultAioContext context, FileCopy.Then then) {
        // Listened to wherever it completes.
        Promise<Void> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        promise.addListener(f -> then.done(f.cause()));
        new PauseTask(context, promise).start();
    }

    @Override
    void hand(Runnable work) {
        Pause.thenAnyway(work);
    }

    @Override
    Void perform() {
        return null;
    }

    @Override
    Long device() {
        return HelperLane.CHORES;
    }
}
