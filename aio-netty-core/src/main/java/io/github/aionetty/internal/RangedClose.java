// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Closes a file that has allocated ahead, and for whose close nobody waits: first it waits for the
 * inode's blocks, since it is going to cut off what is behind the data's end.
 */
final class RangedClose extends Ranged {
    private final OpenFile file;

    RangedClose(OpenFile file) {
        this.file = file;
    }

    /** On a helper or the drainer. */
    void start() {
        if (file.inode.acquireFrom(this, 0)) {
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
