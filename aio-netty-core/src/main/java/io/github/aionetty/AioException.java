// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.nativeaio.Errno;
import java.nio.file.FileSystemException;

/**
 * An I/O error as the kernel reported it, with what was asked for and, where there is one, the
 * remedy. {@code ENOENT}, {@code EACCES} and {@code EEXIST} are reported by the JDK's own
 * subclasses of {@link FileSystemException} instead.
 */
public final class AioException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String operation;
    private final long position;
    private final long length;

    /**
     * Creates the exception.
     *
     * @param errno the positive error number, or 0 where no system call reported one
     * @param operation the operation's name, such as {@code read}
     * @param path the file, or {@code null}
     * @param position byte position, or -1 where the operation has none
     * @param length length in bytes, or -1 where the operation has none
     * @param remedy what to do about it, or {@code null}
     */
    public AioException(
            int errno, String operation, String path, long position, long length, String remedy) {
        super(path, null, reason(errno, operation, position, length, remedy));
        this.errno = errno;
        this.operation = operation;
        this.position = position;
        this.length = length;
    }

    private static String reason(
            int errno, String operation, long position, long length, String remedy) {
        StringBuilder reason = new StringBuilder(operation).append(" failed");
        if (errno != 0) {
            reason.append(": ").append(Errno.name(errno));
            reason.append(" (").append(Errno.describe(errno)).append(')');
        }
        if (position >= 0) {
            reason.append(", position=").append(position);
        }
        if (length >= 0) {
            reason.append(", length=").append(length);
        }
        if (remedy != null) {
            reason.append("; ").append(remedy);
        }
        return reason.toString();
    }

    /**
     * The error number.
     *
     * @return a positive {@code errno(3)} value, or 0 where no system call reported one
     */
    public int errno() {
        return errno;
    }

    /**
     * The operation that failed.
     *
     * @return its name, such as {@code read} or {@code io_setup}
     */
    public String operation() {
        return operation;
    }

    /**
     * The file position of the operation.
     *
     * @return bytes from the start of the file, or -1 where the operation has none
     */
    public long position() {
        return position;
    }

    /**
     * The length of the operation.
     *
     * @return bytes, or -1 where the operation has none
     */
    public long length() {
        return length;
    }
}
