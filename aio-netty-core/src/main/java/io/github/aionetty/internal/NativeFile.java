// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A descriptor of our own, used through the native library. */
final class NativeFile extends OpenFile {
    private final Syscalls sys;
    private final int fd;
    private final int flags;
    private final long inodeNumber;
    private final boolean blockDevice;
    private final ExtentLoader extents;
    private final long openedSize;

    /** The second, buffered descriptor of a direct file; -1 until a partial write needs it. */
    private int bufferedFd = -1;

    /** The unit in which space is allocated. */
    private final long block;

    private volatile boolean allocatesAhead;

    NativeFile(
            Syscalls sys,
            Path path,
            int fd,
            int flags,
            FileStatus status,
            Alignment alignment,
            long block,
            InodeState inode) {
        super(
                path,
                alignment,
                NativeAttributes.transferDevice(status),
                FileSystemKind.of(status),
                inode);
        this.sys = sys;
        this.fd = fd;
        this.flags = flags;
        this.inodeNumber = NativeAttributes.transferInode(status);
        this.blockDevice = status.isBlockDevice();
        this.block = block;
        if (isWritable()) {
            inode.writers.incrementAndGet();
        }
        this.openedSize = status.size();
        this.extents = status.isRegularFile() ? newLoader() : null;
    }

    private ExtentLoader newLoader() {
        return new ExtentLoader(
                sys, inode, Routing.overwritesOnLoop(this), Routing.overwritesUnwritten(this));
    }

    @Override
    int descriptor() {
        return fd;
    }

    @Override
    boolean isWritable() {
        return (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY;
    }

    @Override
    boolean syncsWrites() {
        return (flags & (OpenFlags.O_DSYNC | OpenFlags.O_SYNC)) != 0;
    }

    /** What an open loads of the extent map: all of it, unless the file is very fragmented. */
    void loadExtents() {
        if (direct && extents != null) {
            extents.load(fd, 0, WarmExtents.ceil(openedSize), ExtentLoader.AT_OPEN);
        }
    }

    @Override
    boolean allocatesAhead() {
        return allocatesAhead;
    }

    /** Takes part in allocating ahead, where the file system can tell what was never written. */
    void allocateAhead() throws IOException {
        if (!Routing.allocatesAhead(this)
                || !UnwrittenSpace.isKnown(sys, fd)
                || !SpaceLock.share(sys, fd)) {
            return;
        }
        synchronized (inode.opens) {
            if (inode.ahead.begin()) {
                boolean success = false;
                try {
                    lookAtSize();
                    success = true;
                } finally {
                    if (!success) {
                        inode.ahead.end();
                        inode.ahead.ended();
                    }
                }
            }
            allocatesAhead = true;
        }
    }

    private void lookAtSize() throws IOException {
        long size;
        long data;
        int since;
        do {
            since = inode.ahead.changes();
            size = kernelSize();
            // Whoever else writes knows the size that there is, and counts on it.
            boolean sole = inode.writers.get() == 1;
            data = sole ? new UnwrittenSpace(sys, fd, block).dataEnd(size) : size;
        } while (!inode.ahead.settle(data, size, since));
    }

    /**
     * The inode's blocks are ours: sets the size to it, unless somebody else has written behind it.
     * Another process that allocates ahead gets to do it later.
     */
    private void restoreSize() throws IOException {
        AllocatedAhead ahead = inode.ahead;
        synchronized (inode.opens) {
            if (!allocatesAhead || !ahead.end()) {
                return;
            }
            long end = ahead.dataEnd();
            long spaceEnd = ahead.spaceEnd();
            if (end < spaceEnd) {
                if (!SpaceLock.takeAll(sys, fd)) {
                    return;
                }
                if (kernelSize() == spaceEnd
                        && new UnwrittenSpace(sys, fd, block).isAllFrom(end, spaceEnd)) {
                    truncate(end);
                    inode.cut(end);
                }
            }
            ahead.ended();
        }
    }

    @Override
    long giveBack(long from, long to) throws IOException {
        long size = kernelSize();
        if (size > from && size <= to && new UnwrittenSpace(sys, fd, block).isAllFrom(from, size)) {
            truncate(from);
            return from;
        }
        return Math.max(from, Math.min(size, to));
    }

    @Override
    void warmUp(Operation operation) {
        if (direct && extents != null && operation.transferLength > 0) {
            extents.touch(fd, operation.transferPosition, operation.transferLength);
        }
    }

    @Override
    int descriptorFor(Operation operation) {
        if (operation.endsWithFile()) {
            endWithFile(operation);
        }
        return operation.viaBuffered ? buffered(operation) : fd;
    }

    /** Behind the end the kernel gives 0 for a read that begins there, whatever is reserved. */
    private void endWithFile(Operation read) {
        long size = sys.lseek(fd, 0, OpenFlags.SEEK_END);
        long left = ((size + readAlignment - 1) & -readAlignment) - read.transferPosition;
        if (left > 0 && left < read.transferLength) {
            read.transferLength = (int) left;
        }
    }

    /**
     * The same inode without O_DIRECT. Opened through /proc, since the path may name another file
     * by now.
     */
    private synchronized int buffered(Operation failed) {
        if (bufferedFd < 0) {
            byte[] link = ("/proc/self/fd/" + fd).getBytes(StandardCharsets.US_ASCII);
            int kept = OpenFlags.O_ACCMODE | OpenFlags.O_DSYNC | OpenFlags.O_SYNC;
            int opened = sys.open(link, (flags & kept) | OpenFlags.O_CLOEXEC, 0);
            if (opened < 0) {
                failed.cause =
                        new AioException(
                                -opened,
                                "write",
                                path.toString(),
                                failed.position,
                                failed.length,
                                "part of a block of a direct file is written through a second"
                                        + " descriptor, opened by "
                                        + new String(link, StandardCharsets.US_ASCII)
                                        + ": permission to open the file for writing and a mounted"
                                        + " /proc are needed, or whole blocks of "
                                        + writeAlignment);
                return opened;
            }
            bufferedFd = opened;
        }
        return bufferedFd;
    }

    @Override
    int perform(Operation operation) {
        int target = descriptorFor(operation);
        if (target < 0) {
            return target;
        }
        return switch (operation.opcode) {
            case Iocb.PREAD ->
                    (int)
                            sys.pread(
                                    target,
                                    Addresses.of(operation),
                                    operation.transferLength,
                                    operation.transferPosition);
            case Iocb.PWRITE ->
                    (int)
                            sys.pwrite(
                                    target,
                                    Addresses.of(operation),
                                    operation.transferLength,
                                    operation.transferPosition);
            case Iocb.FSYNC -> sys.fsync(target);
            case Iocb.FDSYNC -> sys.fdatasync(target);
            default -> -Errno.EINVAL;
        };
    }

    @Override
    void confirmSync(String operation) throws IOException {
        // An overlay's file has a lock of its own, held while it is copied for its first writer.
        boolean free = kind != FileSystemKind.OVERLAY || isWritable();
        if (kind.mayHideShutdown() && free) {
            // This, XFS refuses from the shutdown on.
            long size = sys.lseek(fd, 0, OpenFlags.SEEK_END);
            if (size < 0) {
                throw Errors.of(size, operation, path);
            }
        }
    }

    @Override
    void truncate(long size) throws IOException {
        int result = sys.ftruncate(fd, size);
        if (result < 0) {
            throw Errors.of(result, "truncate", path, -1, size);
        }
    }

    @Override
    void allocate(long position, long length) throws IOException {
        int result = sys.fallocate(fd, 0, position, length);
        if (result < 0) {
            throw Errors.of(result, "allocate", path, position, length);
        }
    }

    private long kernelSize() throws IOException {
        long size = sys.lseek(fd, 0, OpenFlags.SEEK_END);
        if (size < 0) {
            throw Errors.of(size, "attributes", path);
        }
        return size;
    }

    @Override
    AioFileAttributes attributes() throws IOException {
        FileStatus status = FileStatus.allocate();
        long known;
        long size;
        do {
            known = inode.knownSize();
            int since = inode.ahead.changes();
            int result = sys.statx(fd, status.address());
            if (result < 0) {
                throw Errors.of(result, "attributes", path);
            }
            size = blockDevice ? kernelSize() : inode.ahead.sizeOf(status.size(), since);
        } while (size < 0);
        if (!blockDevice) {
            NativeAttributes.show(status, inode, known);
        }
        return NativeAttributes.of(status, size);
    }

    @Override
    long cached(long position, long length) throws IOException {
        long end = Math.min(position + length, attributes().size());
        boolean stacked = kind == FileSystemKind.OVERLAY;
        return new CachedBytes(sys, fd, stacked).between(position, end);
    }

    @Override
    long dataFrom(long position) throws IOException {
        long found = sys.lseek(fd, position, OpenFlags.SEEK_DATA);
        if (found == -Errno.ENXIO) {
            return -1;
        }
        // What fails has no such thing, as files of /proc.
        return found < 0 ? super.dataFrom(position) : found;
    }

    @Override
    long holeFrom(long position) throws IOException {
        long found = sys.lseek(fd, position, OpenFlags.SEEK_HOLE);
        return found < 0 ? super.holeFrom(position) : found;
    }

    @Override
    boolean shareExtentsOf(OpenFile source) throws IOException {
        if (source instanceof NativeFile other && sys.ficlone(fd, other.fd) >= 0) {
            return true;
        }
        if (kernelSize() > 0) {
            // A full disk or an I/O error has ended it in the middle.
            truncate(0);
        }
        return false;
    }

    @Override
    void close() throws IOException {
        try {
            restoreSize();
        } finally {
            closeDescriptors();
        }
    }

    private void closeDescriptors() throws IOException {
        int second;
        synchronized (this) {
            second = bufferedFd;
            bufferedFd = -1;
        }
        // An error of close(2) still closes: EINTR and EIO must never lead to a second close.
        int result = second < 0 ? 0 : sys.close(second);
        int other = sys.close(fd);
        if (isWritable()) {
            inode.writers.decrementAndGet();
        }
        InodeTable.INSTANCE.release(device, inodeNumber);
        if (result < 0 || other < 0) {
            throw Errors.of(Math.min(result, other), "close", path);
        }
    }
}
