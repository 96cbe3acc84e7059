// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.Promise;
import java.io.IOException;

/**
 * Truncates or allocates. Both may zero part of the block where the file ends, through the page
 * cache, so no write may touch what lies from there on meanwhile.
 */
final class ResizeTask extends MetadataTask<Void> {
    private static final long TRUNCATE = -1;

    private final long position;

    /** Bytes to allocate, or {@link #TRUNCATE}. */
    private final long length;

    private boolean holdsRange;

    private ResizeTask(DefaultAioFile file, long position, long length, Promise<Void> promise) {
        super(file.context, file, promise);
        this.position = position;
        this.length = length;
    }

    static ResizeTask truncate(DefaultAioFile file, long size, Promise<Void> promise) {
        return new ResizeTask(file, size, TRUNCATE, promise);
    }

    static ResizeTask allocate(
            DefaultAioFile file, long position, long length, Promise<Void> promise) {
        return new ResizeTask(file, position, length, promise);
    }

    @Override
    boolean acquireRange() {
        // Where it is not writable the kernel will say so.
        holdsRange = file.open.isWritable() && !Routing.OFF;
        return !holdsRange || file.open.inode.acquireFrom(this, position);
    }

    @Override
    void releaseRange(boolean success) {
        if (holdsRange) {
            holdsRange = false;
            boolean truncated = length == TRUNCATE;
            long size = truncated ? position : position + length;
            InodeState inode = file.open.inode;
            if (truncated) {
                inode.unmapped(position, Long.MAX_VALUE);
                inode.pages.remove(position, Long.MAX_VALUE);
            } else if (success) {
                Routing.allocated(file.open, position, size);
            }
            inode.touch(System.nanoTime());
            if (success) {
                inode.ahead.resized(size, truncated);
            }
            inode.release(this, success ? size : -1, truncated);
        }
    }

    @Override
    Void perform() throws IOException {
        if (length == TRUNCATE) {
            file.open.truncate(position);
        } else {
            file.open.allocate(position, length);
        }
        return null;
    }

    @Override
    Long device() {
        return file.open.device;
    }
}
