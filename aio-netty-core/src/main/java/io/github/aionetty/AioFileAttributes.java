// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import java.nio.file.attribute.FileTime;

/**
 * What {@code fstat(2)} says of a file, at one moment; without the native library only the size is
 * the open file's, and the rest its path's.
 *
 * @param size in bytes; for a block device its capacity when read through an open file
 * @param lastModifiedTime with the resolution of the file system
 * @param inode the inode number, unique within {@code device}; 0 where the platform has none
 * @param device the device number; 0 where the platform has none
 * @param kind regular file, directory, …
 */
public record AioFileAttributes(
        long size, FileTime lastModifiedTime, long inode, long device, Kind kind) {

    /** The kinds of file that {@code stat(2)} tells apart. */
    public enum Kind {
        /** An ordinary file. */
        REGULAR_FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, where links were not followed. */
        SYMBOLIC_LINK,
        /** A block device. */
        BLOCK_DEVICE,
        /** FIFO, socket, character device. */
        OTHER
    }

    /**
     * Whether this is an ordinary file.
     *
     * @return true for {@link Kind#REGULAR_FILE}
     */
    public boolean isRegularFile() {
        return kind == Kind.REGULAR_FILE;
    }

    /**
     * Whether this is a directory.
     *
     * @return true for {@link Kind#DIRECTORY}
     */
    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
