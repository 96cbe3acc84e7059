// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import io.github.aionetty.nativeaio.FileStatus;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Reads the library's attributes out of what statx filled in. */
final class NativeAttributes {
    /** No file system numbers an inode so. */
    private static final long BLOCK_DEVICE = -1;

    private NativeAttributes() {}

    static AioFileAttributes of(FileStatus status, long size) {
        Instant modified = Instant.ofEpochSecond(status.mtimeSeconds(), status.mtimeNanos());
        return new AioFileAttributes(
                size, FileTime.from(modified), status.inode(), device(status), kind(status));
    }

    private static Kind kind(FileStatus status) {
        if (status.isRegularFile()) {
            return Kind.REGULAR_FILE;
        }
        if (status.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (status.isSymbolicLink()) {
            return Kind.SYMBOLIC_LINK;
        }
        return status.isBlockDevice() ? Kind.BLOCK_DEVICE : Kind.OTHER;
    }

    /**
     * Lets an inode's state learn from its status what other processes have changed.
     *
     * @param known the inode's known size from before the status was asked for
     */
    static void show(FileStatus status, InodeState inode, long known) {
        if (status.size() < known) {
            inode.seenSize(status.size());
        }
        long change = status.ctimeSeconds() * 1_000_000_000L + status.ctimeNanos();
        inode.seen(status.blocks(), change, System.nanoTime());
    }

    static long device(FileStatus status) {
        return device(status.deviceMajor(), status.deviceMinor());
    }

    /**
     * The device whose queue transfers use: for a block device its own, and not that of the file
     * system where its node lies.
     */
    static long transferDevice(FileStatus status) {
        return status.isBlockDevice()
                ? device(status.specialMajor(), status.specialMinor())
                : device(status);
    }

    /**
     * Tells the inode from the others of {@link #transferDevice}: that of a block device has no
     * number among the files that lie on it, and is the same for all its nodes.
     */
    static long transferInode(FileStatus status) {
        return status.isBlockDevice() ? BLOCK_DEVICE : status.inode();
    }

    /** One number for a device, as the JDK's {@code unix:dev} has it (glibc's makedev). */
    static long device(long major, long minor) {
        return ((major & 0xfffff000L) << 32)
                | ((major & 0xfffL) << 8)
                | ((minor & 0xffffff00L) << 12)
                | (minor & 0xffL);
    }
}
