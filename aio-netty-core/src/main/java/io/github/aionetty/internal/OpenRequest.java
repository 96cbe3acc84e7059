// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** The options of an open, checked on the caller's thread and turned into what open(2) takes. */
final class OpenRequest {
    private static final int DEFAULT_MODE = 0666;

    final Path path;

    /** Where {@link #relative} is looked for; {@code null} for any path. */
    final HeldDirectory directory;

    final Path relative;
    final Set<OpenOption> options = new HashSet<>();
    final FileAttribute<?>[] attributes;
    final boolean direct;
    final boolean write;
    final boolean deleteOnClose;
    final boolean allocateAhead;

    OpenRequest(Path path, Set<? extends OpenOption> given, FileAttribute<?>... attributes) {
        this(null, path, given, attributes);
    }

    /** Beneath a directory, unless that is {@code null}. */
    OpenRequest(
            HeldDirectory directory,
            Path path,
            Set<? extends OpenOption> given,
            FileAttribute<?>... attributes) {
        checkProvider(path);
        this.directory = directory;
        this.relative = path;
        this.path = directory == null ? path : directory.path.resolve(path);
        for (OpenOption option : given) {
            if (option == null) {
                throw new NullPointerException("options contains null");
            }
            // The JDK's own DIRECT (com.sun.nio.file.ExtendedOpenOption) means the same.
            boolean direct = option.toString().equals(AioOpenOption.DIRECT.name());
            options.add(direct ? AioOpenOption.DIRECT : checkKnown(option));
        }
        this.attributes = attributes.clone();
        write = options.contains(StandardOpenOption.WRITE);
        direct = options.contains(AioOpenOption.DIRECT);
        allocateAhead = options.contains(AioOpenOption.ALLOCATE_AHEAD);
        if (allocateAhead && !write) {
            throw new IllegalArgumentException("option=ALLOCATE_AHEAD needs WRITE beside it");
        }
        deleteOnClose = options.contains(StandardOpenOption.DELETE_ON_CLOSE);
        mode();
    }

    /** Refuses paths that the kernel does not know, such as those inside a zip file. */
    static Path checkProvider(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException(
                    "path="
                            + path
                            + " belongs to the provider "
                            + path.getFileSystem().provider().getScheme()
                            + "; only paths of the default file system can be opened");
        }
        return path;
    }

    private OpenOption checkKnown(OpenOption option) {
        if (option == StandardOpenOption.APPEND) {
            throw new IllegalArgumentException(
                    "option=APPEND: every write has a position; open with WRITE and write at"
                            + " size()");
        }
        if (option instanceof StandardOpenOption
                || option instanceof AioOpenOption
                || option == LinkOption.NOFOLLOW_LINKS) {
            return option;
        }
        throw new UnsupportedOperationException("option=" + option + " is not supported");
    }

    /** The same through the page cache. */
    OpenRequest buffered() {
        Set<OpenOption> rest = new HashSet<>(options);
        rest.remove(AioOpenOption.DIRECT);
        rest.remove(AioOpenOption.ALLOCATE_AHEAD);
        return new OpenRequest(directory, relative, rest, attributes);
    }

    /** Whether it makes a file that nobody else has made. */
    boolean createNew() {
        return write && has(StandardOpenOption.CREATE_NEW);
    }

    private boolean has(OpenOption option) {
        return options.contains(option);
    }

    /** Gives a descriptor, or a negated errno. */
    int open(Syscalls sys, int flags) throws IOException {
        return directory == null
                ? sys.open(PathBytes.of(path), flags, mode())
                : directory.open(sys, relative, flags, mode());
    }

    /** Whether links of the last name are followed. */
    boolean follows() {
        return !has(LinkOption.NOFOLLOW_LINKS) && !deleteOnClose;
    }

    /** Takes the name away. */
    void deleteName() throws IOException {
        if (directory == null) {
            Files.delete(path);
        } else {
            directory.delete(relative);
        }
    }

    /** The flags of open(2); creation and truncation only when writing, as in the JDK. */
    int flags() {
        int flags = OpenFlags.O_RDONLY;
        if (write) {
            flags = has(StandardOpenOption.READ) ? OpenFlags.O_RDWR : OpenFlags.O_WRONLY;
            flags |= has(StandardOpenOption.TRUNCATE_EXISTING) ? OpenFlags.O_TRUNC : 0;
            if (createNew()) {
                flags |= OpenFlags.O_CREAT | OpenFlags.O_EXCL;
            } else if (has(StandardOpenOption.CREATE)) {
                flags |= OpenFlags.O_CREAT;
            }
        }
        flags |= has(StandardOpenOption.DSYNC) ? OpenFlags.O_DSYNC : 0;
        flags |= has(StandardOpenOption.SYNC) ? OpenFlags.O_SYNC : 0;
        flags |= follows() ? 0 : OpenFlags.O_NOFOLLOW;
        flags |= direct ? OpenFlags.O_DIRECT : 0;
        return flags | OpenFlags.O_CLOEXEC | OpenFlags.O_NOCTTY;
    }

    /** The permissions of a file that is created, before the umask. */
    int mode() {
        int mode = DEFAULT_MODE;
        for (FileAttribute<?> attribute : attributes) {
            if (!attribute.name().equals("posix:permissions")) {
                throw new UnsupportedOperationException(
                        "attribute=" + attribute.name() + "; only posix:permissions is supported");
            }
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            for (Object permission : (Set<?>) attribute.value()) {
                permissions.add((PosixFilePermission) permission);
            }
            mode = bits(permissions);
        }
        return mode;
    }

    private static int bits(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            // OWNER_READ … OTHERS_EXECUTE are declared in the order of the mode's bits.
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }
}
