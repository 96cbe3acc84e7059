// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.FileStatus;

/** What a file system does inside {@code io_submit}: the facts that {@link Routing} decides by. */
enum FileSystemKind {
    /** Also ext2 and ext3, which the same code serves. */
    EXT4("ext4", 0xEF53L, true, true, true, true, true),
    XFS("xfs", 0x58465342L, true, true, false, false, false),
    /** Reads checksums from the disk before the data, and allocates anew what is overwritten. */
    BTRFS("btrfs", 0x9123683EL, false, false, false, false, false),
    TMPFS("tmpfs", 0x01021994L, true, false, false, false, false),
    OVERLAY("overlay", 0x794C7630L, true, false, false, false, false),
    NFS("nfs", 0x6969L, true, false, false, false, false),
    FUSE("fuse", 0x65735546L, true, false, false, false, false),
    /** The device itself, whatever file system its name is on. */
    BLOCK_DEVICE("block device", -1, true, true, false, false, false),
    /** Measured by nobody: what ext4 does wrong it may do, too. */
    OTHER("unknown file system", -1, true, false, true, true, true);

    /** As {@code mount} names it. */
    final String label;

    private final long magic;

    /** Direct reads with RWF_NOWAIT are worth a try; buffered ones are where they are cached. */
    final boolean readsOnLoop;

    /** Overwrites with RWF_NOWAIT are worth a try. */
    final boolean overwritesOnLoop;

    /** Reads extents that are not in memory from the disk, also with RWF_NOWAIT. */
    final boolean blocksOnExtents;

    /** Waits for its journal when an overwrite changes the time stamps, also with RWF_NOWAIT. */
    final boolean blocksOnJournal;

    /**
     * Takes part in the journal, and waits for the lock of the extent map, when a write is the
     * first into allocated space, also with RWF_NOWAIT: the map is changed before the write, and
     * again by a kernel thread after each one.
     */
    final boolean blocksOnUnwritten;

    FileSystemKind(
            String label,
            long magic,
            boolean readsOnLoop,
            boolean overwritesOnLoop,
            boolean blocksOnExtents,
            boolean blocksOnJournal,
            boolean blocksOnUnwritten) {
        this.label = label;
        this.magic = magic;
        this.readsOnLoop = readsOnLoop;
        this.overwritesOnLoop = overwritesOnLoop;
        this.blocksOnExtents = blocksOnExtents;
        this.blocksOnJournal = blocksOnJournal;
        this.blocksOnUnwritten = blocksOnUnwritten;
    }

    /**
     * Whether a sync may say yes to what the file system throws away just then, as it shuts down:
     * XFS looks at the beginning only. With an overlay it may be XFS that lies below.
     */
    boolean mayHideShutdown() {
        return this == XFS || this == OVERLAY;
    }

    /** Whether a directory's sync says yes once the commit it should wait for has failed. */
    boolean mayForgetFailedCommits() {
        return this == EXT4 || this == OVERLAY;
    }

    /** Whether overwrites with RWF_NOWAIT are refused when they change the time stamps. */
    boolean refusesNewTimes() {
        return this == XFS;
    }

    /** Whether direct reads fail where they meet buffered writes. */
    boolean readsMayCollide() {
        return this == XFS || this == OVERLAY || this == OTHER;
    }

    /**
     * Whether large files are copied past the page cache. Elsewhere O_DIRECT is refused, goes
     * through the page cache all the same, or asks a server for each piece.
     */
    boolean copiesDirectly() {
        return this == EXT4 || this == XFS || this == OVERLAY || this == OTHER;
    }

    /** Whether what the kernel has in memory of its names is true: no server knows better. */
    boolean knowsItsNames() {
        return this == EXT4 || this == XFS || this == BTRFS || this == TMPFS || this == OVERLAY;
    }

    static FileSystemKind of(FileStatus status) {
        if (status.isBlockDevice()) {
            return BLOCK_DEVICE;
        }
        // statfs(2) has 32 bits of it, sign-extended or not.
        long magic = status.fsType() & 0xFFFFFFFFL;
        for (FileSystemKind kind : values()) {
            if (kind.magic == magic) {
                return kind;
            }
        }
        return OTHER;
    }
}
