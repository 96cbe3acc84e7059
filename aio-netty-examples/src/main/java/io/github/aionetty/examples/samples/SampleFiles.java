// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import io.github.aionetty.AioException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the samples' servers have in common: one directory of files, and HTTP's word for errors. */
public final class SampleFiles {
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;

    private final Path directory;

    /**
     * The files of one directory; what is below its subdirectories cannot be named.
     *
     * @param directory an existing directory
     */
    public SampleFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * The file of a name that came from a client.
     *
     * @param name without any directory
     * @return where it is, or would be
     * @throws NoSuchFileException for names that lead elsewhere
     */
    public Path resolve(String name) throws NoSuchFileException {
        if (name.isEmpty() || name.startsWith(".") || name.matches(".*[/\0].*")) {
            throw new NoSuchFileException(name);
        }
        return directory.resolve(name);
    }

    /**
     * The HTTP status of a failure.
     *
     * @param cause why a file could not be opened, read or written
     * @return a status code from 400
     */
    public static int status(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return 404;
        }
        if (cause instanceof AccessDeniedException) {
            return 403;
        }
        if (cause instanceof AioException e && (e.errno() == ENOSPC || e.errno() == EDQUOT)) {
            return 507;
        }
        return 500;
    }
}
