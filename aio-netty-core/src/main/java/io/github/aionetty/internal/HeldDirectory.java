// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A directory's descriptor, which handles share, and what is done from it. What blocks is for
 * helpers.
 */
final class HeldDirectory {
    private static final int NAME_ALONE = OpenFlags.O_PATH | OpenFlags.O_CLOEXEC;
    private static final int DIRECTORY = NAME_ALONE | OpenFlags.O_DIRECTORY;

    /** What the kernel tries again with: others have renamed directories in the middle of it. */
    private static final int TRIES = 64;

    private static final String LEAVES =
            "here it means that the name leads out of the directory: by .., by a symbolic link with"
                    + " .., or by an absolute one";

    final Beneath beneath;

    /** As the user knows it. */
    final Path path;

    /** As {@link io.github.aionetty.AioDirectory#descriptorPath} says. */
    final Path descriptorPath;

    /** What may hang with it. */
    final Long device;

    /** Whether the kernel tells of names by heart, and tells the truth. */
    final boolean quick;

    /** -1 without the native library. */
    private final int fd;

    /** Handles; the last one closes it. */
    private final AtomicInteger handles = new AtomicInteger(1);

    private HeldDirectory(Beneath beneath, Path path, Path found) throws IOException {
        this.beneath = beneath;
        this.path = path;
        fd = -1;
        descriptorPath = found.toRealPath();
        device = MountTable.deviceOf(descriptorPath);
        quick = false;
        if (!Files.isDirectory(descriptorPath)) {
            throw new NotDirectoryException(path.toString());
        }
    }

    private HeldDirectory(Beneath beneath, Path path, int fd, FileStatus status) {
        this.beneath = beneath;
        this.path = path;
        this.fd = fd;
        descriptorPath = MountTable.descriptor(fd);
        device = MountTable.hold(descriptorPath, NativeAttributes.device(status));
        quick = beneath.cached && FileSystemKind.of(status).knowsItsNames();
    }

    /** By any path. */
    static HeldDirectory open(Beneath beneath, Path path) throws IOException {
        if (beneath.sys == null) {
            return new HeldDirectory(beneath, path, path);
        }
        return of(beneath, path, beneath.sys.open(PathBytes.of(path), DIRECTORY, 0));
    }

    /** Beneath this one. */
    HeldDirectory openDirectory(Path relative) throws IOException {
        Path shown = path.resolve(relative);
        if (fd < 0) {
            return new HeldDirectory(beneath, shown, real("openDirectory", relative, true));
        }
        return of(beneath, shown, open(beneath.sys, "openDirectory", relative, DIRECTORY, 0));
    }

    private static HeldDirectory of(Beneath beneath, Path path, int fd) throws IOException {
        if (fd == -Errno.ENOTDIR) {
            throw new NotDirectoryException(path.toString());
        }
        if (fd < 0) {
            throw failure(fd, "openDirectory", path);
        }
        FileStatus status = FileStatus.allocate();
        int result = beneath.sys.statx(fd, status.address());
        if (result < 0) {
            beneath.sys.close(fd);
            throw Errors.of(result, "openDirectory", path);
        }
        return new HeldDirectory(beneath, path, fd, status);
    }

    /** One handle more; while there is one. */
    void retain() {
        handles.incrementAndGet();
    }

    /** One handle less; true if it was the last, and the descriptor is to be closed. */
    boolean release() {
        return handles.decrementAndGet() == 0;
    }

    void close() throws IOException {
        if (fd >= 0) {
            MountTable.release(descriptorPath);
            int result = beneath.sys.close(fd);
            if (result < 0) {
                throw Errors.of(result, "close", path);
            }
        }
    }

    /**
     * Opens a file; the descriptor, or a negated errno.
     *
     * @param sys of the context that it is for
     */
    int open(Syscalls sys, Path relative, int flags, int mode) throws IOException {
        return open(sys, "open", relative, flags, mode);
    }

    private int open(Syscalls sys, String operation, Path relative, int flags, int mode)
            throws IOException {
        boolean follow = (flags & OpenFlags.O_NOFOLLOW) == 0;
        if (!beneath.enforced) {
            Path real = real(operation, relative, follow);
            return sys.open(PathBytes.of(real), flags | OpenFlags.O_NOFOLLOW, mode);
        }
        byte[] name = RelativeName.bytes(relative);
        int modeOfNew = (flags & OpenFlags.O_CREAT) == 0 ? 0 : mode;
        int result;
        int tries = 0;
        do {
            result = sys.openat2(fd, name, flags, modeOfNew, OpenFlags.RESOLVE_BENEATH);
        } while (result == -Errno.EAGAIN && ++tries < TRIES);
        return result;
    }

    /** Where there is no openat2: what it would find now. */
    Path real(String operation, Path relative, boolean follow) throws IOException {
        Path root = descriptorPath.toRealPath();
        return LinkWalk.resolve(operation, root, relative, follow, path.resolve(relative));
    }

    AioFileAttributes attributes(Path relative, boolean follow) throws IOException {
        if (!beneath.enforced) {
            return PathAttributes.of(
                    real("attributes", relative, follow), LinkOption.NOFOLLOW_LINKS);
        }
        Path shown = path.resolve(relative);
        int flags = follow ? NAME_ALONE : NAME_ALONE | OpenFlags.O_NOFOLLOW;
        int opened = open(beneath.sys, "attributes", relative, flags, 0);
        if (opened < 0) {
            throw failure(opened, "attributes", shown);
        }
        try {
            FileStatus status = FileStatus.allocate();
            int result = beneath.sys.statx(opened, status.address());
            if (result < 0) {
                throw Errors.of(result, "attributes", shown);
            }
            return NativeAttributes.of(status, status.size());
        } finally {
            beneath.sys.close(opened);
        }
    }

    /**
     * The status of a name as far as the kernel has it in memory; never blocks.
     *
     * @return as {@link Syscalls#statusAt}: negative also where a helper has to look
     */
    int statusByHeart(Path relative, boolean follow, FileStatus status) {
        // What leads into another mount may be a file system that does not tell the truth.
        return beneath.sys.statusAt(
                fd,
                RelativeName.bytes(relative),
                follow ? NAME_ALONE : NAME_ALONE | OpenFlags.O_NOFOLLOW,
                OpenFlags.RESOLVE_BENEATH | OpenFlags.RESOLVE_NO_XDEV | OpenFlags.RESOLVE_CACHED,
                status.address());
    }

    /** What {@link #statusByHeart} has left open; the file may go with it. */
    void closeLeft(int left) {
        beneath.sys.close(left);
    }

    List<Path> names() throws IOException {
        try (Stream<Path> entries = Files.list(descriptorPath)) {
            return entries.map(Path::getFileName).sorted().toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Takes away a name that was opened, of that directory in which it is now. */
    void delete(Path relative) throws IOException {
        if (!beneath.enforced) {
            Files.delete(real("delete", relative, false));
            return;
        }
        Path above = relative.getParent() == null ? Path.of("") : relative.getParent();
        int parent = open(beneath.sys, "delete", above, DIRECTORY, 0);
        if (parent < 0) {
            throw failure(parent, "delete", path.resolve(relative));
        }
        try {
            Files.delete(MountTable.descriptor(parent).resolve(relative.getFileName()));
        } finally {
            beneath.sys.close(parent);
        }
    }

    static IOException failure(int negative, String operation, Path shown) {
        return switch (-negative) {
            case Errno.EXDEV -> leaves(operation, shown);
            case Errno.EAGAIN ->
                    new AioException(
                            Errno.EAGAIN,
                            operation,
                            shown.toString(),
                            -1,
                            -1,
                            "others rename directories all the time; try again");
            default -> Errors.of(negative, operation, shown);
        };
    }

    static IOException leaves(String operation, Path shown) {
        return new AioException(Errno.EXDEV, operation, shown.toString(), -1, -1, LEAVES);
    }
}
