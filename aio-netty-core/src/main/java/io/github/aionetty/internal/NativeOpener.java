// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens descriptors, on a helper. {@code O_NONBLOCK} and {@code fstat} see to it that a FIFO or a
 * device cannot hang the open.
 */
final class NativeOpener {
    private static final int MIN_BLOCK = 4096;

    private NativeOpener() {}

    static OpenFile open(Syscalls sys, OpenRequest request) throws IOException {
        int flags = request.flags();
        int fd = request.open(sys, flags | OpenFlags.O_NONBLOCK);
        if (fd < 0) {
            throw openFailure(fd, request);
        }
        NativeFile file;
        boolean success = false;
        try {
            file = describe(sys, request, fd, flags);
            success = true;
        } finally {
            if (!success) {
                sys.close(fd);
            }
        }
        success = false;
        try {
            if (request.allocateAhead) {
                file.allocateAhead();
            }
            if (!Routing.OFF) {
                file.loadExtents();
            }
            success = true;
            return file;
        } finally {
            if (!success) {
                file.close();
            }
        }
    }

    private static NativeFile describe(Syscalls sys, OpenRequest request, int fd, int flags)
            throws IOException {
        FileStatus status = FileStatus.allocate();
        int result = sys.statx(fd, status.address());
        if (result < 0) {
            throw Errors.of(result, "open", request.path);
        }
        checkKind(request.path, status);
        boolean timeless = setFlags(sys, request, fd);
        if (request.deleteOnClose) {
            // As the JDK does on Unix: the name goes now, the file with its last descriptor.
            request.deleteName();
        }
        NativeFile file = create(sys, request, fd, flags, status);
        file.touchesAccessTime = !timeless;
        return file;
    }

    /**
     * The flags for the transfers. Reading updates the access time, in the journal, and waits for
     * it whatever RWF_NOWAIT says: 85 ms while another file of that ext4 is synced. So it is
     * switched off.
     *
     * @return whether it could be: only the file's owner may
     */
    private static boolean setFlags(Syscalls sys, OpenRequest request, int fd) throws IOException {
        int actual = sys.fcntlGetFlags(fd);
        boolean timeless = false;
        if (actual >= 0) {
            int wanted = actual & ~OpenFlags.O_NONBLOCK;
            actual = sys.fcntlSetFlags(fd, wanted | OpenFlags.O_NOATIME);
            timeless = actual >= 0;
            if (actual == -Errno.EPERM) {
                actual = sys.fcntlSetFlags(fd, wanted);
            }
        }
        if (actual < 0) {
            throw Errors.of(actual, "open", request.path);
        }
        return timeless;
    }

    private static NativeFile create(
            Syscalls sys, OpenRequest request, int fd, int flags, FileStatus status)
            throws IOException {
        int block = blockSize(status);
        long size = status.size();
        if (status.isBlockDevice()) {
            size = sys.lseek(fd, 0, OpenFlags.SEEK_END);
            if (size < 0) {
                throw Errors.of(size, "open", request.path);
            }
        }
        InodeState inode =
                InodeTable.INSTANCE.acquire(
                        NativeAttributes.transferDevice(status),
                        NativeAttributes.transferInode(status),
                        block,
                        size);
        if (status.isBlockDevice()) {
            inode.seenSize(size);
            inode.allMapped();
        } else {
            show(sys, fd, status, inode);
        }
        OpenFile.Alignment alignment = null;
        if (request.direct) {
            // Not reported before Linux 6.1, by btrfs and by tmpfs: 4096 is right for all of them.
            int memory = status.dioMemAlign() > 0 ? status.dioMemAlign() : MIN_BLOCK;
            int offset = status.dioOffsetAlign() > 0 ? status.dioOffsetAlign() : MIN_BLOCK;
            alignment = new OpenFile.Alignment(Math.max(memory, offset), block, memory);
        }
        return new NativeFile(sys, request.path, fd, flags, status, alignment, block, inode);
    }

    /** Asks once more where somebody may have cut the file, or others here have just appended. */
    private static void show(Syscalls sys, int fd, FileStatus status, InodeState inode) {
        long known = inode.knownSize();
        // What fails leaves the first answer, of before what was known: nothing is learned of it.
        if (status.size() >= known || sys.statx(fd, status.address()) == 0) {
            NativeAttributes.show(status, inode, known);
        }
    }

    /**
     * What a direct write has to cover whole, so that it never shares a page with a buffered one.
     */
    private static int blockSize(FileStatus status) {
        int block = Math.max(MIN_BLOCK, Memory.pageSize());
        block = Math.max(block, Integer.highestOneBit(Math.max(1, status.fsBlockSize())));
        return Math.max(block, Math.max(1, status.dioOffsetAlign()));
    }

    private static void checkKind(Path path, FileStatus status) throws IOException {
        if (status.isRegularFile() || status.isBlockDevice()) {
            return;
        }
        if (status.isDirectory()) {
            throw Errors.of(-Errno.EISDIR, "open", path);
        }
        String kind = "a character device";
        if (status.isFifo()) {
            kind = "a FIFO";
        } else if (status.isSocket()) {
            kind = "a socket";
        }
        throw new AioException(
                Errno.EINVAL,
                "open",
                path.toString(),
                -1,
                -1,
                "it is " + kind + "; only regular files and block devices can be opened");
    }

    private static IOException openFailure(int negative, OpenRequest request) {
        int errno = -negative;
        String remedy = null;
        if (errno == Errno.EXDEV && request.directory != null) {
            return HeldDirectory.leaves("open", request.path);
        }
        if (errno == Errno.EINVAL && request.direct) {
            remedy = "the file system refuses O_DIRECT; open without AioOpenOption.DIRECT";
        } else if (errno == Errno.ENXIO) {
            remedy = "it is a FIFO or a socket; only regular files and block devices can be opened";
        } else if (errno == Errno.ELOOP) {
            remedy = "a symbolic link where NOFOLLOW_LINKS allows none, or a loop of them";
        } else if (errno == Errno.EAGAIN) {
            remedy = "another process holds a lease on it, or renames directories; try again";
        }
        if (remedy == null) {
            return Errors.of(negative, "open", request.path);
        }
        return new AioException(errno, "open", request.path.toString(), -1, -1, remedy);
    }
}
