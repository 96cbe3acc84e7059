// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The name that a copy gets once it is whole, and the one that it has until then. Nobody ever sees
 * a part of it under the first, and what had that name before has it until the end. On helpers.
 */
final class CopyTarget {
    private final Syscalls sys;
    final Path path;
    final Path temporary;
    private final boolean replace;

    /** The file that was made under the temporary name; {@code null} where the JDK made it. */
    private CopySource made;

    /**
     * The name of one copy.
     *
     * @param sys {@code null} where there is no native library
     */
    CopyTarget(Syscalls sys, Path path, boolean replace) {
        this.sys = sys;
        this.path = path;
        this.replace = replace;
        this.temporary = TemporaryName.beside(path);
    }

    /**
     * Finds out early what would fail late.
     *
     * @return false if there is nothing to do: the target is the source
     */
    boolean check(CopySource source) throws IOException {
        CopySource old;
        try {
            old = CopySource.of(path, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return true;
        }
        if (source.isSameFile(old)) {
            return false;
        }
        if (!replace) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (old.directory() && !isEmpty(path)) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        return true;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** The file that is to get the name, and no other that somebody puts in its place. */
    void madeAs(CopySource file) {
        made = file;
    }

    private void checkMade() throws IOException {
        if (made != null && !made.isSameFile(CopySource.of(temporary, LinkOption.NOFOLLOW_LINKS))) {
            throw new FileSystemException(
                    path.toString(),
                    temporary.toString(),
                    "somebody put another file in the place of the unfinished copy");
        }
    }

    /** Gives the finished copy its name. */
    void publish() throws IOException {
        try {
            checkMade();
            if (!replace) {
                NewName.give(sys, temporary, path, "copy");
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Removes what is not going to be finished. */
    void discard() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /** The same error of the name that the caller knows. */
    Throwable named(Throwable failure) {
        return TemporaryName.named(failure, temporary, path);
    }

    IOException named(IOException failure) {
        return TemporaryName.named(failure, temporary, path);
    }
}
