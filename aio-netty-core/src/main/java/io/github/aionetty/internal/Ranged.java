// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * A node of {@link InodeState}: the blocks that a write touches, and how. Fields belong to the
 * inode's monitor from {@link InodeState#acquire} to {@link InodeState#release}.
 */
abstract class Ranged {
    /** Whole blocks past the page cache: excludes the other modes, not its own. */
    static final byte DIRECT = 1;

    /** Through the page cache: excludes the other modes, not its own. */
    static final byte BUFFERED = 2;

    /** A direct write that changes the page cache too: excludes everything. */
    static final byte EXCLUSIVE = 3;

    /** Excludes everything, and moves the end of the file. */
    static final byte RESIZE = 4;

    byte mode;

    /** Direct overwrites of the inode have to keep off the loop meanwhile. */
    boolean disrupts;

    long rangeStart;
    long rangeEnd;

    /** The range, widened to where the page cache's largest pieces begin and end. */
    long foliosStart;

    long foliosEnd;
    Ranged previous;
    Ranged following;

    /** The range is held now, after it had to wait. Called without the monitor, on any thread. */
    abstract void granted();

    final boolean excludesItsOwn() {
        return mode >= EXCLUSIVE;
    }

    private boolean writesDirect() {
        return mode == DIRECT || mode == EXCLUSIVE;
    }

    /**
     * All modes but {@link #DIRECT} change the page cache, which is dirty in folios, not in pages:
     * a direct write of another page of the same folio cannot drop it afterwards.
     */
    final boolean conflictsWith(Ranged other) {
        if (mode == other.mode && !excludesItsOwn()) {
            return false;
        }
        if (writesDirect() || other.writesDirect()) {
            return foliosStart < other.foliosEnd && other.foliosStart < foliosEnd;
        }
        return rangeStart < other.rangeEnd && other.rangeStart < rangeEnd;
    }
}
