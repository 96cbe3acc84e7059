// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** What a file that could not be made means to the client. */
final class UploadStatus {
    /** errno values, the same on every Linux architecture. */
    private static final Map<Integer, HttpResponseStatus> ERRNO =
            Map.of(
                    1, HttpResponseStatus.FORBIDDEN, // EPERM
                    20, HttpResponseStatus.CONFLICT, // ENOTDIR
                    21, HttpResponseStatus.CONFLICT, // EISDIR
                    27, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, // EFBIG
                    28, HttpResponseStatus.INSUFFICIENT_STORAGE, // ENOSPC
                    30, HttpResponseStatus.FORBIDDEN, // EROFS
                    36, HttpResponseStatus.BAD_REQUEST, // ENAMETOOLONG
                    122, HttpResponseStatus.INSUFFICIENT_STORAGE); // EDQUOT

    private UploadStatus() {}

    static HttpResponseStatus of(Throwable cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return HttpResponseStatus.PRECONDITION_FAILED; // If-None-Match: * asked for that.
        }
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return HttpResponseStatus.CONFLICT; // The directory is not there, or not any more.
        }
        if (cause instanceof AioException e && ERRNO.containsKey(e.errno())) {
            return ERRNO.get(e.errno());
        }
        HttpResponseStatus status = FailureStatus.of(cause);
        // What cannot be found by this name cannot be made by it.
        return status == HttpResponseStatus.NOT_FOUND ? HttpResponseStatus.CONFLICT : status;
    }
}
