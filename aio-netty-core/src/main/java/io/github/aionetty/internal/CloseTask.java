// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.Promise;
import java.io.IOException;

/** Closes the descriptor behind the last handle. Accepted while the context is closing, too. */
final class CloseTask extends MetadataTask<Void> {
    private final OpenFile open;
    private boolean holdsRange;

    CloseTask(DefaultAioContext context, OpenFile open, Promise<Void> promise) {
        super(context, null, promise);
        this.open = open;
    }

    @Override
    boolean acquireRange() {
        // It is going to cut off what was allocated behind the data.
        holdsRange = open.allocatesAhead();
        return !holdsRange || open.inode.acquireFrom(this, 0);
    }

    @Override
    void releaseRange(boolean success) {
        if (holdsRange) {
            holdsRange = false;
            open.inode.release(this, -1, false);
        }
    }

    @Override
    void hand(Runnable work) {
        // Never rejected: nobody else would ever close the descriptor.
        Closing.onHelper(open, work);
    }

    @Override
    Throwable refusal() {
        return null;
    }

    @Override
    boolean endsWithLoop() {
        return false;
    }

    @Override
    Void perform() throws IOException {
        open.close();
        return null;
    }

    @Override
    Long device() {
        return open.device;
    }
}
