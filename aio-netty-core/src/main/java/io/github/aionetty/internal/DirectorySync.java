// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.NativeLibrary;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * fsync of a directory, which is not believed at once: as a disk fails, file systems say yes to
 * what they have just lost. On helpers.
 */
final class DirectorySync {
    private DirectorySync() {}

    /** Counted among the syncs of its device: this one commits the journal, too. */
    static void sync(Path directory, long device) throws IOException {
        DeviceState state = InodeTable.INSTANCE.acquireDevice(device);
        state.syncs.incrementAndGet();
        try {
            if (NativeLibrary.isAvailable()) {
                sync(LibAio.instance(), directory);
            } else {
                try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                    opened.force(true);
                    // As below, for XFS.
                    opened.size();
                }
            }
        } finally {
            state.syncs.decrementAndGet();
            InodeTable.INSTANCE.releaseDevice(device);
        }
    }

    static void sync(Syscalls sys, Path directory) throws IOException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;
        int fd = sys.open(PathBytes.of(directory), flags, 0);
        check(fd, directory);
        try {
            check(sys.fsync(fd), directory);
            // XFS syncs an open directory with success also where it has shut down meanwhile, but
            // does not tell of its status any more.
            FileStatus status = FileStatus.allocate();
            check(sys.statx(fd, status.address()), directory);
            if (FileSystemKind.of(status).mayForgetFailedCommits() && !takesChanges(sys, fd)) {
                check(sys.fsync(fd), directory);
            }
        } finally {
            sys.close(fd);
        }
    }

    /**
     * False where nothing can be changed: read-only, or with a journal that has failed. ext4 finds
     * that out when the next change begins, and until then fsync waits for a commit in progress
     * only, not for one that has failed. After that it fails. A file that never gets a name is a
     * change that nobody sees.
     */
    private static boolean takesChanges(Syscalls sys, int directory) {
        byte[] link = ("/proc/self/fd/" + directory).getBytes(StandardCharsets.US_ASCII);
        int flags = OpenFlags.O_TMPFILE | OpenFlags.O_WRONLY | OpenFlags.O_CLOEXEC;
        int fd = sys.open(link, flags, 0);
        if (fd >= 0) {
            sys.close(fd);
        }
        return fd != -Errno.EROFS && fd != -Errno.EIO;
    }

    private static void check(int result, Path directory) throws IOException {
        if (result < 0) {
            throw Errors.of(result, "syncDirectory", directory);
        }
    }
}
