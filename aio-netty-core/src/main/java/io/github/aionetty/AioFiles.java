// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.DefaultAioFiles;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;

/**
 * Operations on names, done by helper threads and completed on an event loop; the counterpart of
 * {@link java.nio.file.Files}. Errors are those of {@link java.nio.file.Files}. Paths of other file
 * system providers throw {@link IllegalArgumentException}.
 */
public interface AioFiles {

    /**
     * Operations on names that complete on {@code loop}. Costs nothing and holds nothing.
     *
     * @param loop any event loop
     * @return the operations
     */
    static AioFiles of(EventLoop loop) {
        return new DefaultAioFiles(loop);
    }

    /**
     * The entries of a directory, in the order of their names.
     *
     * @param directory the directory
     * @return paths below {@code directory}, as {@link java.nio.file.Files#list} gives them
     */
    Future<List<Path>> list(Path directory);

    /**
     * As {@link #list(Path)}, completing the caller's promise.
     *
     * @param directory the directory
     * @param promise completed with the entries
     * @return {@code promise}
     */
    Future<List<Path>> list(Path directory, Promise<List<Path>> promise);

    /**
     * Size, modification time, inode and kind.
     *
     * @param path a file or directory
     * @param options {@link LinkOption#NOFOLLOW_LINKS} to look at a link itself
     * @return the attributes now
     * @see <a href="https://man7.org/linux/man-pages/man2/stat.2.html">stat(2)</a>
     */
    Future<AioFileAttributes> attributes(Path path, LinkOption... options);

    /**
     * As {@link #attributes(Path, LinkOption...)}, completing the caller's promise.
     *
     * @param path a file or directory, links followed
     * @param promise completed with the attributes
     * @return {@code promise}
     */
    Future<AioFileAttributes> attributes(Path path, Promise<AioFileAttributes> promise);

    /**
     * The path with all symbolic links resolved.
     *
     * @param path an existing file or directory
     * @return as {@link Path#toRealPath}
     */
    Future<Path> realPath(Path path);

    /**
     * As {@link #realPath(Path)}, completing the caller's promise.
     *
     * @param path an existing file or directory
     * @param promise completed with the real path
     * @return {@code promise}
     */
    Future<Path> realPath(Path path, Promise<Path> promise);

    /**
     * Renames a file.
     *
     * @param source the old name
     * @param target the new name
     * @param options as for {@link java.nio.file.Files#move}; {@code ATOMIC_MOVE} is rename(2)
     * @return completes when done
     * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">rename(2)</a>
     */
    Future<Void> move(Path source, Path target, CopyOption... options);

    /**
     * As {@link #move(Path, Path, CopyOption...)}, completing the caller's promise.
     *
     * @param source the old name
     * @param target the new name
     * @param options as for {@link java.nio.file.Files#move}
     * @param promise completed when done
     * @return {@code promise}
     */
    Future<Void> move(Path source, Path target, CopyOption[] options, Promise<Void> promise);

    /**
     * Deletes a file or an empty directory.
     *
     * @param path what to delete
     * @return completes when done
     * @see <a href="https://man7.org/linux/man-pages/man2/unlink.2.html">unlink(2)</a>
     */
    Future<Void> delete(Path path);

    /**
     * As {@link #delete(Path)}, completing the caller's promise.
     *
     * @param path what to delete
     * @param promise completed when done
     * @return {@code promise}
     */
    Future<Void> delete(Path path, Promise<Void> promise);

    /**
     * Creates a directory.
     *
     * @param directory the name; its parent exists
     * @param attributes as for {@link java.nio.file.Files#createDirectory}
     * @return completes when done
     * @see <a href="https://man7.org/linux/man-pages/man2/mkdir.2.html">mkdir(2)</a>
     */
    Future<Void> createDirectory(Path directory, FileAttribute<?>... attributes);

    /**
     * As {@link #createDirectory(Path, FileAttribute...)}, completing the caller's promise.
     *
     * @param directory the name; its parent exists
     * @param promise completed when done
     * @return {@code promise}
     */
    Future<Void> createDirectory(Path directory, Promise<Void> promise);

    /**
     * Makes the names in a directory durable: what a created or renamed file needs beside its own
     * fsync.
     *
     * @param directory the directory
     * @return completes when the device has them
     * @see <a href="https://man7.org/linux/man-pages/man2/fsync.2.html">fsync(2)</a>
     */
    Future<Void> syncDirectory(Path directory);

    /**
     * As {@link #syncDirectory(Path)}, completing the caller's promise.
     *
     * @param directory the directory
     * @param promise completed when the device has them
     * @return {@code promise}
     */
    Future<Void> syncDirectory(Path directory, Promise<Void> promise);

    /**
     * Copies a file.
     *
     * @param source the file to copy
     * @param target the copy
     * @param options as for {@link java.nio.file.Files#copy(Path, Path, CopyOption...)}
     * @return completes when done
     */
    Future<Void> copy(Path source, Path target, CopyOption... options);

    /**
     * As {@link #copy(Path, Path, CopyOption...)}, completing the caller's promise.
     *
     * @param source the file to copy
     * @param target the copy
     * @param options as for {@link java.nio.file.Files#copy(Path, Path, CopyOption...)}
     * @param promise completed when done
     * @return {@code promise}
     */
    Future<Void> copy(Path source, Path target, CopyOption[] options, Promise<Void> promise);
}
