// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Closes a file that has allocated ahead, and for whose close nobody waits: first it waits for the
 * blocks behind the data's end, which it is going to cut off.
 */
final class RangedClose extends Ranged {
    private final OpenFile file;

    RangedClose(OpenFile file) {
        this.file = file;
    }

    /** On a helper or the drainer. */
    void start() {
        if (file.inode.acquireFrom(this, file.inode.ahead.dataEnd())) {
            run();
        }
    }

    @Override
    void granted() {
        Closing.onHelper(file, this::run);
    }

    private void run() {
        Closing.logged(file);
        file.inode.release(this, -1, false);
    }
}
