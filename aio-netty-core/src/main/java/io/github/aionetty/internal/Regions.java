// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The slabs of a pool. Some are set aside: those that were idle when they were looked at. They come
 * back one by one, once nothing else is left, so that a small use gathers on few slabs and the rest
 * can go.
 */
final class Regions {
    private static final int SLAB = 1 << AlignedPool.MAX_SHIFT;

    /** Changed with a slab, which is rare; counted by any thread. */
    private final List<Region> all = new CopyOnWriteArrayList<>();

    /** Those set aside, by size class. */
    private final Region[] aside;

    Regions(int sizeClasses) {
        aside = new Region[sizeClasses];
    }

    void add(Region region) {
        all.add(region);
    }

    /** Sets aside what is idle; a bit for each size class of which there was something. */
    int setIdleAside() {
        int sizeClasses = 0;
        for (Region region : all) {
            if (region.inUse == 0 && !region.aside) {
                region.aside = true;
                region.next = aside[region.sizeClass];
                aside[region.sizeClass] = region;
                sizeClasses |= 1 << region.sizeClass;
            }
        }
        return sizeClasses;
    }

    /** Bytes of those that are idle, set aside or not. */
    long idle() {
        return SLAB * all.stream().filter(region -> region.inUse == 0).count();
    }

    /** Takes one that was set aside back into use; {@code null} if there is none. */
    Region bringBack(int sizeClass) {
        Region region = aside[sizeClass];
        if (region != null) {
            aside[sizeClass] = region.next;
            region.next = null;
            region.aside = false;
        }
        return region;
    }

    /** Removes one that was set aside; {@code null} if there is none. */
    Region removeAside() {
        for (int sizeClass = 0; sizeClass < aside.length; sizeClass++) {
            Region region = bringBack(sizeClass);
            if (region != null) {
                all.remove(region);
                return region;
            }
        }
        return null;
    }

    /** Removes all that were set aside. */
    List<Region> removeAllAside() {
        List<Region> removed = new ArrayList<>();
        for (Region first : aside) {
            for (Region region = first; region != null; region = region.next) {
                removed.add(region);
            }
        }
        if (!removed.isEmpty()) {
            all.removeIf(region -> region.aside);
            Arrays.fill(aside, null);
        }
        return removed;
    }

    /** Any thread. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Any thread: whether one seems to be idle. */
    boolean anyIdle() {
        return all.stream().anyMatch(region -> region.inUse == 0);
    }

    /** Any thread: bytes mapped. */
    long mapped() {
        return (long) all.size() * SLAB;
    }

    /** Any thread: bytes of them that are not in use, for a busy pool not to the buffer. */
    long unused() {
        return all.stream().mapToLong(region -> SLAB - region.used()).sum();
    }
}
