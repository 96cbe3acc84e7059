// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
    final Path path;
    final Path temporary;
    private final boolean replace;

    /** The file that was made under the temporary name; {@code null} where the JDK made it. */
    private CopySource made;

    CopyTarget(Path path, boolean replace) {
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
                publishNew();
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** A rename would replace what somebody else has made meanwhile; a link never does. */
    private void publishNew() throws IOException {
        try {
            Files.createLink(path, temporary);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(path.toString());
        } catch (IOException | UnsupportedOperationException e) {
            // No hard links here, as on FAT: the JDK looks, and renames.
            Files.move(temporary, path);
            return;
        }
        Files.delete(temporary);
    }

    /** Removes what is not going to be finished. */
    void discard() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /** The same error of the name that the caller knows. */
    Throwable named(Throwable failure) {
        return failure instanceof IOException e ? named(e) : failure;
    }

    IOException named(IOException failure) {
        String name = path.toString();
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
            return Errors.of(-aio.errno(), aio.operation(), path, aio.position(), aio.length());
        }
        return new FileSystemException(name, null, e.getReason());
    }
}
