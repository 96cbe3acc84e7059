// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * A slab cut into buffers of one size class, and how many of them are in use. It belongs to its
 * pool's owner; any thread may read what is plain here in passing, and sees it a moment late.
 */
final class Region {
    final SlabMemory.Slab slab;
    final int sizeClass;

    /** How much of the slab has been made buffers of. */
    int cut;

    /** Buffers that are out, or that other threads gave back and the owner has not taken up. */
    int inUse;

    /** Nothing of it is in use, and its buffers are not in the pool's lists but in its own. */
    boolean aside;

    /** Its buffers while it is set aside. */
    AlignedBuffer free;

    /** Links those that are set aside. */
    Region next;

    Region(SlabMemory.Slab slab, int sizeClass) {
        this.slab = slab;
        this.sizeClass = sizeClass;
    }

    /** What its buffers that are in use take up. */
    long used() {
        return (long) inUse << (AlignedPool.MIN_SHIFT + sizeClass);
    }
}
