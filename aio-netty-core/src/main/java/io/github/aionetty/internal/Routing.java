// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioRoute;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.netty.util.internal.SystemPropertyUtil;

/**
 * Decides where a transfer is submitted: the one place that knows what the kernel turns
 * synchronous. {@link FileSystemKind} has the facts by file system, {@link InodeState} and {@link
 * DeviceState} what is known of the file just now.
 *
 * <p>Syncs run on a workqueue of the kernel's own. Reads go from the loop with {@code RWF_NOWAIT}:
 * direct ones where the extent map is in memory, or the file system says when it is not; buffered
 * ones where the page cache is known to hold the bytes. What the kernel refuses, and what follows
 * it, goes to a helper. So do writes, but for direct overwrites of whole, mapped blocks while
 * nothing else changes the inode: everything else a write may do blocks {@code io_submit}, 20 to
 * 300 ms on a slow disk.
 */
final class Routing {
    /**
     * For measurements: {@code -Dio.github.aionetty.routing=off} does everything on the loop, as a
     * plain use of kernel AIO would.
     */
    static final boolean OFF = "off".equals(SystemPropertyUtil.get("io.github.aionetty.routing"));

    private static final int COPIED_ON_LOOP = 256 * 1024;
    private static final int DIRECT_ON_LOOP = 2 * 1024 * 1024;

    /** What fits into one or two extents of a fragmented file. */
    private static final int FRAGMENT = 8 * 1024;

    /** A request is at least so large, where transfers are cut. */
    private static final int REQUEST = 256 * 1024;

    private Routing() {}

    static boolean isOnLoop(AioRoute route) {
        return route == AioRoute.LOOP || route == AioRoute.NOWAIT;
    }

    /**
     * How many requests of the device's queue an operation counts for. A full queue blocks {@code
     * io_submit}, so that it waits for its turn here instead.
     */
    static int requests(Operation operation) {
        return 1 + Math.max(0, Math.min(operation.length, DIRECT_ON_LOOP)) / REQUEST;
    }

    /** The way of the operation's current transfer; sets the transfer's flags. */
    static AioRoute route(Operation operation) {
        operation.rwFlags = 0;
        switch (operation.opcode) {
            case Iocb.FSYNC, Iocb.FDSYNC:
                return AioRoute.LOOP;
            case Iocb.PREAD:
                return read(operation);
            default:
                return write(operation);
        }
    }

    private static AioRoute read(Operation operation) {
        OpenFile open = operation.open;
        if (operation.helper) {
            return AioRoute.REFUSED;
        }
        if (open.nowaitRefused) {
            return AioRoute.FILE_SYSTEM;
        }
        if (open.touchesAccessTime) {
            return AioRoute.ACCESS_TIME;
        }
        long from = operation.transferPosition;
        if (!open.direct) {
            // What the page cache holds is copied inside io_submit: more is read in turns.
            int most = Math.min(operation.transferLength, COPIED_ON_LOOP);
            int cached = open.inode.cachedFrom(from, most);
            return cached > 0 ? nowait(operation, cached) : AioRoute.UNCACHED;
        }
        if (!open.kind.readsOnLoop) {
            return AioRoute.FILE_SYSTEM;
        }
        if (open.kind.blocksOnExtents
                && !open.inode.warm.covers(from, from + operation.transferLength)) {
            return AioRoute.COLD_EXTENTS;
        }
        DeviceState device = open.inode.device;
        if (!device.hasRead()) {
            return AioRoute.FILE_SYSTEM;
        }
        if (device.mayRest() && device.rests(System.nanoTime())) {
            return AioRoute.RESTING;
        }
        return direct(operation, operation.file.reads);
    }

    /** What direct reads and overwrites have in common at the end. */
    private static AioRoute direct(Operation operation, Refusals refusals) {
        long from = operation.transferPosition;
        int length = operation.transferLength;
        if (length > FRAGMENT && !operation.open.inode.warm.isContiguous(from, from + length)) {
            return AioRoute.FRAGMENTED;
        }
        if (!refusals.mayAsk()) {
            return AioRoute.LEARNED;
        }
        return nowait(operation, DIRECT_ON_LOOP);
    }

    /** A transfer has come back: what that says of the next ones. */
    static void learn(Operation operation, int result) {
        boolean asked = (operation.rwFlags & Iocb.RWF_NOWAIT) != 0;
        if (asked && result == -Errno.EAGAIN) {
            // For new times alone, who comes a moment later is not refused.
            if (!gathers(operation, AioRoute.REFUSED)) {
                operation.refusals().refused();
            }
        } else if (asked && result >= 0) {
            operation.refusals().granted();
        }
        if (!asked && result > 0 && operation.open.direct) {
            DeviceState device = operation.open.inode.device;
            if (operation.opcode == Iocb.PREAD) {
                device.readByHelper();
            } else if (operation.overwrites) {
                device.overwrittenByHelper();
            }
        }
        if (operation.overwrites && result >= 0) {
            operation.file.refused.passed(asked);
        }
        if (operation.opcode == Iocb.PREAD && !operation.open.direct) {
            long from = operation.transferPosition;
            long end = from + operation.transferLength;
            InodeState inode = operation.open.inode;
            if (!asked && result > 0) {
                inode.cached(from, from + result);
            } else if (asked && result < operation.transferLength) {
                inode.notCached(from + Math.max(0, result), end);
            }
        }
    }

    private static AioRoute nowait(Operation operation, int most) {
        operation.rwFlags = Iocb.RWF_NOWAIT;
        operation.shorten(most);
        return AioRoute.NOWAIT;
    }

    /**
     * Whether appends gain from space that is allocated ahead: there they become overwrites, or on
     * ext4 at least run side by side, for they leave the size alone.
     */
    static boolean allocatesAhead(OpenFile open) {
        return overwritesOnLoop(open) && open.kind != FileSystemKind.BLOCK_DEVICE;
    }

    /**
     * Whether blocks that are allocated and were never written are as good as written ones, for the
     * kernel notes the difference later.
     */
    static boolean overwritesUnwritten(OpenFile open) {
        return !open.kind.blocksOnUnwritten;
    }

    /** Blocks have been allocated, which whoever calls holds. */
    static void allocated(OpenFile open, long from, long to) {
        if (overwritesUnwritten(open)) {
            open.inode.mapped(from, to, open.inode.version());
        }
    }

    /** Whether overwrites of this file may pass by its inode's lock. */
    static boolean overwritesOnLoop(OpenFile open) {
        return open.direct && open.kind.overwritesOnLoop && open.isWritable();
    }

    /** Whether a write may pass its inode's gate: it changes nothing but bytes. */
    static boolean isOverwrite(Operation operation) {
        OpenFile open = operation.open;
        return open.kind.overwritesOnLoop
                && open.inode.isMapped(operation.position, operation.length);
    }

    /** An {@code io_submit} took too long, most likely for this operation: what to learn of it. */
    static void blocked(Operation suspect, StallVerdict verdict, long nanos) {
        OpenFile open = suspect.open;
        if (suspect.opcode == Iocb.PREAD) {
            open.inode.device.extentsForgotten();
        }
        if (open.direct && !suspect.isSync() && verdict == StallVerdict.BLOCKED) {
            open.inode.device.blocked(nanos, System.nanoTime());
        }
    }

    private static AioRoute write(Operation operation) {
        OpenFile open = operation.open;
        if (!operation.overwrites) {
            return waitsWith(operation);
        }
        open.inode.overwrites();
        if (operation.helper) {
            return AioRoute.REFUSED;
        }
        if (open.overwriteRefused) {
            return AioRoute.FILE_SYSTEM;
        }
        if (operation.file.refused.areAwaited()) {
            return AioRoute.LEARNED;
        }
        DeviceState device = open.inode.device;
        if (open.kind.blocksOnJournal || device.mayRest()) {
            long now = System.nanoTime();
            if (open.kind.blocksOnJournal && mayWaitForJournal(open.inode, now)) {
                return AioRoute.JOURNAL;
            }
            if (device.rests(now)) {
                return AioRoute.RESTING;
            }
            open.inode.touch(now);
        }
        if (!device.hasWritten()) {
            return AioRoute.FILE_SYSTEM;
        }
        return direct(operation, operation.file.overwrites);
    }

    /**
     * The new time stamps of an overwrite take part in the journal, which waits while a commit
     * writes the inode's old ones; and the first write after a while reads the inode's block.
     */
    private static boolean mayWaitForJournal(InodeState inode, long now) {
        return inode.device.syncs.get() != 0 || !inode.isFresh(now);
    }

    /** Whether an overwrite was kept off the loop only because its file's times have to change. */
    static boolean gathers(Operation operation, AioRoute route) {
        return operation.overwrites
                && (route == AioRoute.REFUSED || route == AioRoute.LEARNED)
                && operation.open.kind.refusesNewTimes()
                && operation.file.refused.mayGather();
    }

    /** Why a write waits for its blocks, and runs on a helper. */
    static AioRoute waitsWith(Operation operation) {
        OpenFile open = operation.open;
        if (operation.viaBuffered || !open.direct) {
            return AioRoute.PAGE_CACHE;
        }
        if (!open.kind.overwritesOnLoop) {
            return AioRoute.FILE_SYSTEM;
        }
        return isOverwrite(operation) ? AioRoute.BUSY : AioRoute.UNMAPPED;
    }
}
