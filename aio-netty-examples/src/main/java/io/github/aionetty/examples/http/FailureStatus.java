// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** What a failed look-up or open means to a client. */
final class FailureStatus {
    /** errno values, the same on every Linux architecture. */
    static final int EINVAL = 22;

    /** ENOMEM, ENFILE, EMFILE: better when others have finished. */
    private static final List<Integer> BUSY = List.of(12, 23, 24);

    /** ENXIO, ENODEV, EISDIR: a socket, a device, a directory in the place of the file. */
    private static final List<Integer> NOT_A_FILE = List.of(6, 19, 21);

    /** ENOTDIR, ENAMETOOLONG, ELOOP: no such name can be reached. */
    private static final List<Integer> NO_SUCH_NAME = List.of(20, 36, 40);

    /** The same from the JDK, which gives the reason as strerror's text only. */
    private static final List<String> NO_SUCH_NAME_TEXTS =
            List.of("Not a directory", "File name too long", "Too many levels of symbolic links");

    private FailureStatus() {}

    static HttpResponseStatus of(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal.status();
        }
        if (cause instanceof AccessDeniedException) {
            return HttpResponseStatus.FORBIDDEN;
        }
        if (cause instanceof NoSuchFileException
                || cause instanceof NotDirectoryException
                || cause instanceof InvalidPathException) {
            return HttpResponseStatus.NOT_FOUND;
        }
        if (cause instanceof RejectedExecutionException) {
            return HttpResponseStatus.SERVICE_UNAVAILABLE;
        }
        if (cause instanceof AioException e) {
            return ofErrno(e.errno());
        }
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return ofReason(e.getReason());
        }
        return HttpResponseStatus.INTERNAL_SERVER_ERROR;
    }

    private static HttpResponseStatus ofErrno(int errno) {
        if (NO_SUCH_NAME.contains(errno)) {
            return HttpResponseStatus.NOT_FOUND;
        }
        if (NOT_A_FILE.contains(errno)) {
            return HttpResponseStatus.FORBIDDEN;
        }
        return BUSY.contains(errno)
                ? HttpResponseStatus.SERVICE_UNAVAILABLE
                : HttpResponseStatus.INTERNAL_SERVER_ERROR;
    }

    private static HttpResponseStatus ofReason(String reason) {
        return NO_SUCH_NAME_TEXTS.stream().anyMatch(reason::startsWith)
                ? HttpResponseStatus.NOT_FOUND
                : HttpResponseStatus.INTERNAL_SERVER_ERROR;
    }
}
