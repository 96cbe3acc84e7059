// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;

/** Turns −errno into the exception that a user of {@link java.nio.file} expects, with a remedy. */
final class Errors {
    private Errors() {}

    static IOException of(long negative, String operation, Path path) {
        return of(negative, operation, path, -1, -1);
    }

    static IOException of(long negative, String operation, Path path, long position, long length) {
        int errno = (int) -negative;
        String file = path == null ? null : path.toString();
        return switch (errno) {
            case Errno.ENOENT -> new NoSuchFileException(file, null, operation + " failed");
            case Errno.EEXIST -> new FileAlreadyExistsException(file, null, operation + " failed");
            case Errno.EACCES -> new AccessDeniedException(file, null, operation + " failed");
            default -> new AioException(errno, operation, file, position, length, remedy(errno));
        };
    }

    /** Whether it would go well once others have finished: there is no memory, or no place. */
    static boolean isForTheMoment(Throwable cause) {
        return cause instanceof RejectedExecutionException
                || cause instanceof AioException e
                        && (e.errno() == Errno.ENOMEM || e.errno() == Errno.EAGAIN);
    }

    private static String remedy(int errno) {
        return switch (errno) {
            case Errno.EMFILE -> "raise the process' limit of open files (ulimit -n)";
            case Errno.ENFILE -> "raise the system's limit of open files (fs.file-max)";
            case Errno.ENOSPC -> "free space on the file system";
            case Errno.EDQUOT -> "raise the disk quota";
            case Errno.EROFS -> "the file system is mounted read-only";
            case Errno.EISDIR -> "a directory cannot be opened as a file; AioFiles.list lists it";
            case Errno.EFBIG -> "the file system or ulimit -f allows no file of that size";
            case Errno.EBADF -> "the file was not opened for this: add READ or WRITE when opening";
            default -> null;
        };
    }
}
