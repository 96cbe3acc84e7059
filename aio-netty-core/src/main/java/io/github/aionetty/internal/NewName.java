// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Gives a finished file its name, which nobody may have by then: an ordinary rename would replace
 * what somebody else has made meanwhile. On helpers.
 */
final class NewName {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(NewName.class);

    /**
     * What the JDK's exceptions say of EPERM, EOPNOTSUPP and ENOSYS, of which a file system without
     * hard links gives one.
     */
    private static final Set<String> NO_LINKS =
            Set.of(
                    "Operation not permitted",
                    "Operation not supported",
                    "Function not implemented");

    private NewName() {}

    /**
     * Renames.
     *
     * @param sys {@code null} where there is no native library
     * @param operation what it is for, as errors tell it
     */
    static void give(Syscalls sys, Path temporary, Path target, String operation)
            throws IOException {
        int result =
                sys == null
                        ? -Errno.ENOSYS
                        : sys.renameNew(PathBytes.of(temporary), PathBytes.of(target));
        if (result == -Errno.EEXIST) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (result == -Errno.ENOSYS || result == -Errno.EINVAL) {
            // No such rename here, as on NFS.
            link(temporary, target);
        } else if (result < 0) {
            throw Errors.of(result, operation, target);
        }
    }

    /** Replaces nothing either, but the file has two names for a moment. */
    private static void link(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(target.toString());
        } catch (FileSystemException e) {
            if (e.getReason() == null || !NO_LINKS.contains(e.getReason())) {
                throw e;
            }
            move(temporary, target);
            return;
        } catch (UnsupportedOperationException e) {
            move(temporary, target);
            return;
        }
        try {
            Files.delete(temporary);
        } catch (IOException e) {
            // The file is there, and whole: nothing has failed.
            LOGGER.warn("{} is left behind beside {}", temporary, target, e);
        }
    }

    /** Without hard links: the JDK looks, and renames. */
    private static void move(Path temporary, Path target) throws IOException {
        Files.move(temporary, target);
    }
}
