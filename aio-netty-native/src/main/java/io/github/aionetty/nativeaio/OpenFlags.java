// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;

/**
 * Flags of {@link Syscalls#open}, whence values of {@link Syscalls#lseek}, modes of {@link
 * Syscalls#fallocate}.
 *
 * <p>Three flags have other bits on aarch64 than on x86_64. Java chooses by {@code os.arch}, and
 * the native library is refused when it was compiled with other bits.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 */
public final class OpenFlags {
    /** The bits that hold the access mode. */
    @Native public static final int O_ACCMODE = 3;

    /** Read only. */
    @Native public static final int O_RDONLY = 0;

    /** Write only. */
    @Native public static final int O_WRONLY = 1;

    /** Read and write. */
    @Native public static final int O_RDWR = 2;

    /** Create the file if it does not exist. */
    @Native public static final int O_CREAT = 0x40;

    /** With O_CREAT: fail if it exists. */
    @Native public static final int O_EXCL = 0x80;

    /** Never become the controlling terminal. */
    @Native public static final int O_NOCTTY = 0x100;

    /** Cut an existing file to length 0. */
    @Native public static final int O_TRUNC = 0x200;

    /** Every write goes to the end. */
    @Native public static final int O_APPEND = 0x400;

    /** Do not wait: for the other end of a FIFO, a carrier, a lease. */
    @Native public static final int O_NONBLOCK = 0x800;

    /** Each write is durable, data alone. */
    @Native public static final int O_DSYNC = 0x1000;

    /** Do not update the access time; owner or CAP_FOWNER only. */
    @Native public static final int O_NOATIME = 0x40000;

    /** Close when another program is executed. */
    @Native public static final int O_CLOEXEC = 0x80000;

    /** Each write is durable, data and metadata. */
    @Native public static final int O_SYNC = 0x101000;

    /** A handle to the name only, without access to the content. */
    @Native public static final int O_PATH = 0x200000;

    /** Past the page cache, in aligned blocks. */
    public static final int O_DIRECT;

    /** Fail if it is no directory. */
    public static final int O_DIRECTORY;

    /** Fail if the last name is a symbolic link. */
    public static final int O_NOFOLLOW;

    /** With a directory's name: a file without a name in that directory. */
    public static final int O_TMPFILE;

    /** For a directory: the process' current one. */
    @Native public static final int AT_FDCWD = -100;

    /** openat2: fail where the name leads into another mount. */
    @Native public static final int RESOLVE_NO_XDEV = 1;

    /** openat2: fail where the name leads out of the directory. */
    @Native public static final int RESOLVE_BENEATH = 8;

    /** openat2: fail where the disk would have to be asked; Linux 5.12 and newer. */
    @Native public static final int RESOLVE_CACHED = 0x20;

    /** Position from the start of the file. */
    @Native public static final int SEEK_SET = 0;

    /** Position from the current position. */
    @Native public static final int SEEK_CUR = 1;

    /** Position from the end of the file. */
    @Native public static final int SEEK_END = 2;

    /** The next data at or after the offset. */
    @Native public static final int SEEK_DATA = 3;

    /** The next hole at or after the offset; the end of the file counts as one. */
    @Native public static final int SEEK_HOLE = 4;

    /** fallocate: leave the size of the file alone. */
    @Native public static final int FALLOC_FL_KEEP_SIZE = 1;

    /** fallocate: make a hole; together with FALLOC_FL_KEEP_SIZE. */
    @Native public static final int FALLOC_FL_PUNCH_HOLE = 2;

    /** fallocate: make the range read as zeros. */
    @Native public static final int FALLOC_FL_ZERO_RANGE = 0x10;

    @Native static final int O_DIRECT_X86_64 = 0x4000;
    @Native static final int O_DIRECTORY_X86_64 = 0x10000;
    @Native static final int O_NOFOLLOW_X86_64 = 0x20000;
    @Native static final int O_DIRECT_AARCH_64 = 0x10000;
    @Native static final int O_DIRECTORY_AARCH_64 = 0x4000;
    @Native static final int O_NOFOLLOW_AARCH_64 = 0x8000;
    @Native static final int TMPFILE_BIT = 0x400000;

    static {
        boolean arm = "aarch_64".equals(Platform.arch());
        O_DIRECT = arm ? O_DIRECT_AARCH_64 : O_DIRECT_X86_64;
        O_DIRECTORY = arm ? O_DIRECTORY_AARCH_64 : O_DIRECTORY_X86_64;
        O_NOFOLLOW = arm ? O_NOFOLLOW_AARCH_64 : O_NOFOLLOW_X86_64;
        O_TMPFILE = TMPFILE_BIT | O_DIRECTORY;
    }

    private OpenFlags() {}
}
