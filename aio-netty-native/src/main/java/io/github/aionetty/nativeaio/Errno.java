// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;

/**
 * The error numbers a file can meet, with their names and what they mean.
 *
 * <p>They are the same on all supported architectures. A call of {@link Syscalls} returns them
 * negated; the methods here take them positive.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public final class Errno {
    /** Operation not permitted. */
    @Native public static final int EPERM = 1;

    /** No such file or directory. */
    @Native public static final int ENOENT = 2;

    /** Interrupted by a signal. */
    @Native public static final int EINTR = 4;

    /** Input/output error. */
    @Native public static final int EIO = 5;

    /** No such device or address. */
    @Native public static final int ENXIO = 6;

    /** Not an open descriptor, or not open for this. */
    @Native public static final int EBADF = 9;

    /** Resource temporarily unavailable. */
    @Native public static final int EAGAIN = 11;

    /** Out of memory. */
    @Native public static final int ENOMEM = 12;

    /** Permission denied. */
    @Native public static final int EACCES = 13;

    /** Bad address. */
    @Native public static final int EFAULT = 14;

    /** Device or resource busy. */
    @Native public static final int EBUSY = 16;

    /** File exists. */
    @Native public static final int EEXIST = 17;

    /** On different file systems. */
    @Native public static final int EXDEV = 18;

    /** No such device. */
    @Native public static final int ENODEV = 19;

    /** Not a directory. */
    @Native public static final int ENOTDIR = 20;

    /** Is a directory. */
    @Native public static final int EISDIR = 21;

    /** Invalid argument. */
    @Native public static final int EINVAL = 22;

    /** Too many open files in the system. */
    @Native public static final int ENFILE = 23;

    /** Too many open files in this process. */
    @Native public static final int EMFILE = 24;

    /** The file is a running program. */
    @Native public static final int ETXTBSY = 26;

    /** File too large. */
    @Native public static final int EFBIG = 27;

    /** No space left on the device. */
    @Native public static final int ENOSPC = 28;

    /** Not seekable. */
    @Native public static final int ESPIPE = 29;

    /** Read-only file system. */
    @Native public static final int EROFS = 30;

    /** Too many links. */
    @Native public static final int EMLINK = 31;

    /** Broken pipe. */
    @Native public static final int EPIPE = 32;

    /** File name too long. */
    @Native public static final int ENAMETOOLONG = 36;

    /** Not a system call of this kernel. */
    @Native public static final int ENOSYS = 38;

    /** Directory not empty. */
    @Native public static final int ENOTEMPTY = 39;

    /** Too many levels of symbolic links, or a link where none may be. */
    @Native public static final int ELOOP = 40;

    /** Value too large. */
    @Native public static final int EOVERFLOW = 75;

    /** Operation not supported. */
    @Native public static final int EOPNOTSUPP = 95;

    /** Operation in progress. */
    @Native public static final int EINPROGRESS = 115;

    /** The file is gone from its server. */
    @Native public static final int ESTALE = 116;

    /** Disk quota exceeded. */
    @Native public static final int EDQUOT = 122;

    /** Operation cancelled. */
    @Native public static final int ECANCELED = 125;

    private Errno() {}

    /** The symbolic name, such as {@code ENOSPC}, or {@code errno 999} for one not listed here. */
    public static String name(int errno) {
        String entry = entry(errno);
        return entry == null ? "errno " + errno : entry.substring(0, entry.indexOf(' '));
    }

    /** What it means, in a few words that can stand in a message. */
    public static String describe(int errno) {
        String entry = entry(errno);
        return entry == null ? "Unknown error " + errno : entry.substring(entry.indexOf(' ') + 1);
    }

    private static String entry(int errno) {
        switch (errno) {
            case EPERM:
                return "EPERM Operation not permitted";
            case ENOENT:
                return "ENOENT No such file or directory";
            case EINTR:
                return "EINTR Interrupted by a signal";
            case EIO:
                return "EIO Input/output error";
            case ENXIO:
                return "ENXIO No such device or address";
            case EBADF:
                return "EBADF Not an open descriptor, or not open for this";
            case EAGAIN:
                return "EAGAIN Resource temporarily unavailable";
            case ENOMEM:
                return "ENOMEM Out of memory";
            case EACCES:
                return "EACCES Permission denied";
            case EFAULT:
                return "EFAULT Bad address";
            case EBUSY:
                return "EBUSY Device or resource busy";
            case EEXIST:
                return "EEXIST File exists";
            case EXDEV:
                return "EXDEV On different file systems";
            case ENODEV:
                return "ENODEV No such device";
            case ENOTDIR:
                return "ENOTDIR Not a directory";
            case EISDIR:
                return "EISDIR Is a directory";
            case EINVAL:
                return "EINVAL Invalid argument";
            case ENFILE:
                return "ENFILE Too many open files in the system";
            case EMFILE:
                return "EMFILE Too many open files in this process";
            case ETXTBSY:
                return "ETXTBSY The file is a running program";
            case EFBIG:
                return "EFBIG File too large";
            case ENOSPC:
                return "ENOSPC No space left on the device";
            case ESPIPE:
                return "ESPIPE Not seekable";
            case EROFS:
                return "EROFS Read-only file system";
            case EMLINK:
                return "EMLINK Too many links";
            case EPIPE:
                return "EPIPE Broken pipe";
            case ENAMETOOLONG:
                return "ENAMETOOLONG File name too long";
            case ENOSYS:
                return "ENOSYS Not a system call of this kernel";
            case ENOTEMPTY:
                return "ENOTEMPTY Directory not empty";
            case ELOOP:
                return "ELOOP Too many levels of symbolic links, or a link where none may be";
            case EOVERFLOW:
                return "EOVERFLOW Value too large";
            case EOPNOTSUPP:
                return "EOPNOTSUPP Operation not supported";
            case EINPROGRESS:
                return "EINPROGRESS Operation in progress";
            case ESTALE:
                return "ESTALE The file is gone from its server";
            case EDQUOT:
                return "EDQUOT Disk quota exceeded";
            case ECANCELED:
                return "ECANCELED Operation cancelled";
            default:
                return null;
        }
    }
}
