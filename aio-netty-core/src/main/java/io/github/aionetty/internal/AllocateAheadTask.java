// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;

/** Allocates more space behind a file's end, before its appending writer gets there. */
final class AllocateAheadTask extends MetadataTask<Void> {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(AllocateAheadTask.class);

    private final InodeState inode;
    private final long from;
    private final long to;

    private boolean performed;

    /** Where the space ends now. */
    private long reached;

    private AllocateAheadTask(DefaultAioFile file, long from, long to) {
        super(file.context, file, file.context.eventLoop().newPromise());
        this.inode = file.open.inode;
        this.from = from;
        this.to = to;
        this.reached = from;
    }

    /** On the loop, for a write up to {@code end} that has found too little left. */
    static void start(DefaultAioFile file, long end) {
        AllocatedAhead ahead = file.open.inode.ahead;
        long from = ahead.spaceEnd();
        // In the middle of a block the next step would zero the rest, and that would be data.
        long wanted = file.open.inode.ceil(Math.max(from, end) + ahead.step());
        if (wanted < 0 || wanted == Long.MAX_VALUE) {
            ahead.allocated(from, false);
            return;
        }
        new AllocateAheadTask(file, from, wanted)
                .start()
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                ahead.abandoned();
                                LOGGER.debug("{} grows by its writes", file, done.cause());
                            }
                        });
    }

    @Override
    boolean acquireRange() {
        return inode.acquireFrom(this, from);
    }

    @Override
    void releaseRange(boolean success) {
        if (performed) {
            Routing.allocated(file.open, from, reached);
            inode.ahead.allocated(reached, success);
        } else {
            inode.ahead.abandoned();
        }
        inode.release(this, performed ? reached : -1, false);
    }

    @Override
    Void perform() throws IOException {
        if (!inode.ahead.allocating(from, to)) {
            // While this waited, the file has been cut, or the last one that wanted space closed.
            return null;
        }
        performed = true;
        try {
            file.open.allocate(from, to - from);
            reached = to;
        } catch (IOException e) {
            // A device that is full has given what it had left: others need it more.
            reached = file.open.giveBack(from, to);
            throw e;
        }
        return null;
    }

    @Override
    Long device() {
        return file.open.device;
    }
}
