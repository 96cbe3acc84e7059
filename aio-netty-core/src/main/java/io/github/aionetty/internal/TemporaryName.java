// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names for what is to get its own name only once it is whole. Beside the target, so that a rename
 * gives it; as a prefix a dot, so that listings pass it over, and no part of the target's name,
 * which may be as long as names get.
 */
public final class TemporaryName {
    private static final String PREFIX = ".aio-netty-";
    private static final String SUFFIX = ".part";

    private TemporaryName() {}

    /** A name that nobody uses; whoever makes the file asks for a new one all the same. */
    static Path beside(Path target) {
        long random = ThreadLocalRandom.current().nextLong();
        return target.resolveSibling(PREFIX + Long.toHexString(random) + SUFFIX);
    }

    /** Whether it is one of these. */
    public static boolean matches(String fileName) {
        return fileName.startsWith(PREFIX) && fileName.endsWith(SUFFIX);
    }

    /** Nobody knows the temporary name: what is said of it is said of the target. */
    static IOException named(IOException failure, Path temporary, Path target) {
        String name = target.toString();
        if (!(failure instanceof FileSystemException e)
                || !temporary.toString().equals(e.getFile())) {
            return failure;
        }
        if (e instanceof NoSuchFileException) {
            return new NoSuchFileException(name, null, e.getReason());
        }
        if (e instanceof AccessDeniedException) {
            return new AccessDeniedException(name, null, e.getReason());
        }
        if (e instanceof AioException aio) {
            return Errors.of(-aio.errno(), aio.operation(), target, aio.position(), aio.length());
        }
        return new FileSystemException(name, null, e.getReason());
    }

    static Throwable named(Throwable failure, Path temporary, Path target) {
        return failure instanceof IOException e ? named(e, temporary, target) : failure;
    }

    /** Nobody wants a device or a socket to be replaced by a file of its name. */
    static void checkReplaceable(Path target) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(
                            target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isOther()) {
                throw new FileSystemException(
                        target.toString(),
                        null,
                        "is a FIFO, a socket or a device, and is not replaced");
            }
        } catch (NoSuchFileException e) {
            // As it should be.
            return;
        }
    }
}
