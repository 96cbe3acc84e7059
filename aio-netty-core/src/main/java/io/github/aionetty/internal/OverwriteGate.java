// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets direct overwrites of one inode through without a lock while nothing else goes on there.
 *
 * <p>Each handle counts its overwrites in a {@link Count} of its own. Whoever is to have the inode
 * without them first closes the gate, then looks at the counts, and waits for the last overwrite,
 * which sees the closed gate. One of the two always sees the other, since each writes before it
 * reads. So no overwrite writes what another loop reads.
 */
final class OverwriteGate {
    private static final Count[] NONE = {};

    private final InodeState inode;

    /** How many keep it closed. Changed under the inode's monitor. */
    private volatile int closed;

    /** Changed under the inode's monitor. */
    private volatile Count[] counts = NONE;

    OverwriteGate(InodeState inode) {
        this.inode = inode;
    }

    /** The overwrites of one handle, which alone changes it: on its loop, then on the drainer. */
    final class Count extends AtomicInteger {
        private static final long serialVersionUID = 1L;

        private Count() {}

        /** True if the overwrite may go on; {@link #exit} follows. */
        boolean enter() {
            set(getPlain() + 1);
            if (closed == 0) {
                return true;
            }
            exit();
            return false;
        }

        void exit() {
            int left = getPlain() - 1;
            set(left);
            if (left == 0 && closed != 0) {
                inode.drained();
            }
        }

        /** The handle has gone, and its overwrites before it. */
        void unregister() {
            synchronized (inode) {
                counts = Arrays.stream(counts).filter(other -> other != this).toArray(Count[]::new);
            }
        }
    }

    Count register() {
        synchronized (inode) {
            Count count = new Count();
            counts = Arrays.copyOf(counts, counts.length + 1);
            counts[counts.length - 1] = count;
            return count;
        }
    }

    /** Whether anybody overwrites this way. */
    boolean isUsed() {
        return counts.length > 0;
    }

    // What follows is called under the inode's monitor.

    void close() {
        closed++;
    }

    void open() {
        closed--;
    }

    /** While it is closed: whether every overwrite has left. */
    boolean isDrained() {
        for (Count count : counts) {
            if (count.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
