// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What {@link Syscalls#statx} says about an open file: {@code statx(2)} and {@code fstatfs(2)} in
 * one off-heap structure of 64-bit fields.
 *
 * <p>Not thread-safe; the memory is a direct buffer, freed when this object is unreachable. The
 * values are those of the last call that succeeded, zeros before.
 */
public final class FileStatus {
    /** Bytes that {@link Syscalls#statx} writes. */
    @Native public static final int SIZE = 144;

    @Native static final int MODE = 0;
    @Native static final int FILE_SIZE = 8;
    @Native static final int INODE = 16;
    @Native static final int DEVICE_MAJOR = 24;
    @Native static final int DEVICE_MINOR = 32;
    @Native static final int BLOCK_SIZE = 40;
    @Native static final int MTIME_SECONDS = 48;
    @Native static final int MTIME_NANOS = 56;
    @Native static final int DIO_MEM_ALIGN = 64;
    @Native static final int DIO_OFFSET_ALIGN = 72;
    @Native static final int FS_TYPE = 80;
    @Native static final int FS_BLOCK_SIZE = 88;
    @Native static final int HARD_LINKS = 96;
    @Native static final int BLOCKS = 104;
    @Native static final int CTIME_SECONDS = 112;
    @Native static final int CTIME_NANOS = 120;
    @Native static final int SPECIAL_MAJOR = 128;
    @Native static final int SPECIAL_MINOR = 136;

    @Native static final int S_IFMT = 0xf000;
    @Native static final int S_IFSOCK = 0xc000;
    @Native static final int S_IFLNK = 0xa000;
    @Native static final int S_IFREG = 0x8000;
    @Native static final int S_IFBLK = 0x6000;
    @Native static final int S_IFDIR = 0x4000;
    @Native static final int S_IFCHR = 0x2000;
    @Native static final int S_IFIFO = 0x1000;

    private final ByteBuffer memory;
    private final long address;

    private FileStatus(ByteBuffer memory) {
        this.memory = memory.order(ByteOrder.nativeOrder());
        address = Memory.address(memory);
    }

    /**
     * Makes a zeroed structure.
     *
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public static FileStatus allocate() {
        return new FileStatus(ByteBuffer.allocateDirect(SIZE));
    }

    /** Address to give to {@link Syscalls#statx}. */
    public long address() {
        return address;
    }

    /** Type and permission bits, {@code st_mode}. */
    public int mode() {
        return (int) memory.getLong(MODE);
    }

    /** Size in bytes. */
    public long size() {
        return memory.getLong(FILE_SIZE);
    }

    /** Inode number, unsigned; unique on its device. */
    public long inode() {
        return memory.getLong(INODE);
    }

    /** Major number of the device that holds the file. */
    public int deviceMajor() {
        return (int) memory.getLong(DEVICE_MAJOR);
    }

    /** Minor number of the device that holds the file. */
    public int deviceMinor() {
        return (int) memory.getLong(DEVICE_MINOR);
    }

    /** Preferred I/O size in bytes, {@code st_blksize}. */
    public int blockSize() {
        return (int) memory.getLong(BLOCK_SIZE);
    }

    /** Last modification, seconds since 1970; negative before. */
    public long mtimeSeconds() {
        return memory.getLong(MTIME_SECONDS);
    }

    /** Nanoseconds to add to {@link #mtimeSeconds}, 0 to 999,999,999. */
    public int mtimeNanos() {
        return (int) memory.getLong(MTIME_NANOS);
    }

    /** Alignment of memory for direct I/O in bytes; 0 when the kernel or file system has no say. */
    public int dioMemAlign() {
        return (int) memory.getLong(DIO_MEM_ALIGN);
    }

    /** Alignment of position and length for direct I/O in bytes; 0 when not reported. */
    public int dioOffsetAlign() {
        return (int) memory.getLong(DIO_OFFSET_ALIGN);
    }

    /**
     * The magic number of the file system, {@code f_type}.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/statfs.2.html">statfs(2)</a>
     */
    public long fsType() {
        return memory.getLong(FS_TYPE);
    }

    /** Block size of the file system in bytes, {@code f_bsize}. */
    public int fsBlockSize() {
        return (int) memory.getLong(FS_BLOCK_SIZE);
    }

    /** How many names the file has; 0 after the last was removed. */
    public int hardLinks() {
        return (int) memory.getLong(HARD_LINKS);
    }

    /**
     * Space the file takes, {@code st_blocks}, in units of 512 bytes whatever {@link #blockSize}
     * and {@link #fsBlockSize} are: holes do not count, space allocated ahead does.
     */
    public long blocks() {
        return memory.getLong(BLOCKS);
    }

    /**
     * Last change of the content or of what is said here about the file, seconds since 1970;
     * negative before. Unlike {@link #mtimeSeconds}, no program can set it.
     */
    public long ctimeSeconds() {
        return memory.getLong(CTIME_SECONDS);
    }

    /** Nanoseconds to add to {@link #ctimeSeconds}, 0 to 999,999,999. */
    public int ctimeNanos() {
        return (int) memory.getLong(CTIME_NANOS);
    }

    /** Major number of the device that this file is, {@code st_rdev}; 0 if it is none. */
    public int specialMajor() {
        return (int) memory.getLong(SPECIAL_MAJOR);
    }

    /** Minor number of the device that this file is, {@code st_rdev}; 0 if it is none. */
    public int specialMinor() {
        return (int) memory.getLong(SPECIAL_MINOR);
    }

    /** Whether this is an ordinary file. */
    public boolean isRegularFile() {
        return is(S_IFREG);
    }

    /** Whether this is a directory. */
    public boolean isDirectory() {
        return is(S_IFDIR);
    }

    /** Whether this is a block device. */
    public boolean isBlockDevice() {
        return is(S_IFBLK);
    }

    /** Whether this is a character device. */
    public boolean isCharacterDevice() {
        return is(S_IFCHR);
    }

    /** Whether this is a pipe or FIFO. */
    public boolean isFifo() {
        return is(S_IFIFO);
    }

    /** Whether this is a socket. */
    public boolean isSocket() {
        return is(S_IFSOCK);
    }

    /** Whether this is a symbolic link itself, opened with O_PATH and O_NOFOLLOW. */
    public boolean isSymbolicLink() {
        return is(S_IFLNK);
    }

    private boolean is(int type) {
        return (mode() & S_IFMT) == type;
    }
}
