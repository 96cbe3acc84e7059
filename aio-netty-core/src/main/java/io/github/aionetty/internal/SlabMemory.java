// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.util.internal.PlatformDependent;
import io.netty.util.internal.SystemPropertyUtil;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Maps slabs, and holds the JVM-wide cap on them. With the native library a slab is mapped aligned
 * to 2 MiB and advised for huge pages before it is touched; without, it is an aligned slice of a
 * JDK direct buffer.
 */
public final class SlabMemory {
    private static final long IDLE_MILLIS = 10_000;

    /** The one of this JVM. */
    public static final SlabMemory INSTANCE =
            new SlabMemory(
                    SystemPropertyUtil.getLong(
                            "io.github.aionetty.maxSlabMemory",
                            PlatformDependent.maxDirectMemory()),
                    pools ->
                            SlabTrimmer.every(
                                    SystemPropertyUtil.getLong(
                                            "io.github.aionetty.slabIdleMillis", IDLE_MILLIS),
                                    pools));

    static final int ALIGNMENT = 4096;

    private final Set<AlignedPool> pools = ConcurrentHashMap.newKeySet();

    /** What has a mapping, or is about to get one: never over the cap. */
    private final AtomicLong mapped = new AtomicLong();

    /** The part of it that has not been given back. */
    private final AtomicLong held = new AtomicLong();

    private final LeavingSlabs leaving = new LeavingSlabs(mapped);
    private final AtomicLong trimmed = new AtomicLong();
    private final long max;
    private final SlabTrimmer trimmer;

    /** Idle slabs stay, until the cap is met. */
    SlabMemory(long max) {
        this(max, pools -> SlabTrimmer.every(0, pools));
    }

    /** Idle slabs go, as that trimmer sees to. */
    SlabMemory(long max, Function<Iterable<AlignedPool>, SlabTrimmer> trimmer) {
        this.max = max;
        this.trimmer = trimmer.apply(pools);
    }

    /** One mapping; {@code sys} is null, and {@code address} 0, where the memory is the JDK's. */
    record Slab(ByteBuffer memory, long address, int length, Syscalls sys) {}

    /**
     * Memory mapped now, also what was given back and is still to be unmapped.
     *
     * @return bytes
     */
    public long mapped() {
        return mapped.get();
    }

    /** Bytes that pools have, in use or not. */
    long held() {
        return held.get();
    }

    /**
     * Memory in buffers that are out, as counted while others go on: for busy loops not to the
     * buffer. Buffers that other threads released count until their loop has taken them up, and
     * slabs of closed contexts until the last buffer of each is released.
     *
     * @return bytes
     */
    public long used() {
        long used = held.get();
        for (AlignedPool pool : pools) {
            used -= pool.unused();
        }
        return Math.max(0, used);
    }

    /**
     * Slabs that were unmapped because nothing of them had been in use for a while.
     *
     * @return how many so far
     */
    public long trimmed() {
        return trimmed.get();
    }

    /**
     * The cap.
     *
     * @return bytes
     */
    public long max() {
        return max;
    }

    /**
     * A new slab, or {@code null} over the cap or where the system has no memory.
     *
     * @param sys what maps it and will unmap it; {@code null} for memory of the JDK's
     */
    Slab map(int length, Syscalls sys) {
        if (length > max || !reserve(length)) {
            return null;
        }
        Slab slab = null;
        try {
            slab = sys != null ? mapNative(length, sys) : allocate(length);
        } finally {
            if (slab == null) {
                mapped.addAndGet(-length);
            } else {
                held.addAndGet(length);
            }
        }
        return slab;
    }

    /** Counts it, where it does not fit after unmapping what was given back. */
    private boolean reserve(int length) {
        boolean more = true;
        while (!reserveIfItFits(length)) {
            if (!more) {
                return false;
            }
            more = leaving.unmapNext();
        }
        return true;
    }

    /** Where it does not fit it is not counted even for a moment, for a smaller one may fit. */
    private boolean reserveIfItFits(int length) {
        long now;
        do {
            now = mapped.get();
            if (now + length > max) {
                return false;
            }
        } while (!mapped.compareAndSet(now, now + length));
        return true;
    }

    /** What has to go for a slab that could not be mapped, now that this is looked at. */
    long missing(int length) {
        long overTheCap = mapped.get() + length - max;
        // Under the cap it was the system that had no memory.
        return overTheCap > 0 ? overTheCap : length;
    }

    private static Slab mapNative(int length, Syscalls sys) {
        long address = sys.mmapSlab(length);
        return address < 0 ? null : new Slab(Memory.view(address, length), address, length, sys);
    }

    private static Slab allocate(int length) {
        try {
            ByteBuffer memory =
                    ByteBuffer.allocateDirect(length + ALIGNMENT).alignedSlice(ALIGNMENT);
            return new Slab(memory.slice(0, length), 0, length, null);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Gives a slab back. It counts until a helper has unmapped it; the JDK's counts no more. */
    void unmap(Slab slab) {
        held.addAndGet(-slab.length);
        if (slab.sys == null) {
            leaving.unmapNow(slab);
        } else {
            leaving.add(slab);
        }
    }

    /** Gives a slab back, which has been unmapped when this returns. */
    void unmapNow(Slab slab) {
        held.addAndGet(-slab.length);
        leaving.unmapNow(slab);
    }

    void add(AlignedPool pool) {
        pools.add(pool);
    }

    void remove(AlignedPool pool) {
        pools.remove(pool);
    }

    /** A pool has a slab more: it is to be looked at. */
    void added() {
        trimmer.start();
    }

    /** A pool has unmapped slabs that were idle. */
    void trimmed(int slabs) {
        trimmed.addAndGet(slabs);
    }

    /** The cap was met: whoever holds idle slabs is to give them back, for the next try. */
    void askForIdle(AlignedPool asking) {
        for (AlignedPool pool : pools) {
            if (pool != asking) {
                pool.releaseIdleLater();
            }
        }
    }
}
