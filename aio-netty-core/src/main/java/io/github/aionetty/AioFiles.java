// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.github.aionetty.internal.DefaultAioFiles;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ProgressiveFuture;
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
     * Opens a directory and holds it open, so that names are looked up beneath it and nowhere else.
     *
     * @param directory a directory, links followed; only search permission is needed
     * @return the open directory, which the caller closes
     * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
     */
    Future<AioDirectory> openDirectory(Path directory);

    /**
     * As {@link #openDirectory(Path)}, completing the caller's promise.
     *
     * @param directory a directory, links followed
     * @param promise completed with the open directory
     * @return {@code promise}
     */
    Future<AioDirectory> openDirectory(Path directory, Promise<AioDirectory> promise);

    /**
     * Copies a file: its data travels through {@link AioFile} on the loop's own {@link AioContext},
     * which is made on first use. Nothing blocks the loop.
     *
     * <p>Holes stay holes. Where the file system can share a file's extents (btrfs, xfs), they are
     * shared, as {@code cp --reflink=auto} does. A large file goes past the page cache where that
     * pays, a few MiB at a time. The copy has a name of its own beside the target, {@code
     * .aio-netty-<random>.part}, until it is whole: then it gets the target's name at once. A copy
     * that fails or is cancelled leaves nothing, and what {@code REPLACE_EXISTING} was to replace
     * is there as before; a process that is killed leaves the file of that other name. It is not
     * synced.
     *
     * <p>It ends where the source is found to end: what others append meanwhile is copied too, and
     * where they cut it, there the copy ends. What they change meanwhile is there or is not.
     * Directories, symbolic links, and files that say they are empty are left to {@link
     * java.nio.file.Files#copy(Path, Path, CopyOption...)}, without progress. FIFOs, sockets and
     * devices are neither copied nor replaced: that fails.
     *
     * <p>Progress, for a {@link io.netty.util.concurrent.GenericProgressiveFutureListener}, is in
     * bytes of the file, holes included; told on the loop, never less than before, at least 1 MiB
     * more each time, at the end all of it, and all at once where extents are shared.
     *
     * <p>{@code cancel} begins no more transfers: the future is cancelled at once, and what is in
     * flight is waited for behind it, before the files are closed and the temporary one removed;
     * {@link AioContext#close()} waits for that. Once the copy is given its name, {@code cancel}
     * gives false, and the future is a success. Where the context is closed or the loop shut down
     * the future fails with {@link AioClosedException}.
     *
     * @param source the file to copy
     * @param target the copy; its directory exists
     * @param options as for {@link java.nio.file.Files#copy(Path, Path, CopyOption...)}; {@code
     *     COPY_ATTRIBUTES} takes times, permissions, and, as far as is allowed, owner, group and
     *     user-defined attributes; set-id bits only together with the owner
     * @return completes when the target is there
     * @throws UnsupportedOperationException for other options
     * @see <a href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2), SEEK_HOLE</a>
     * @see <a href="https://man7.org/linux/man-pages/man2/FICLONE.2const.html">FICLONE(2const)</a>
     */
    ProgressiveFuture<Void> copy(Path source, Path target, CopyOption... options);

    /**
     * As {@link #copy(Path, Path, CopyOption...)}, completing the caller's promise.
     *
     * @param source the file to copy
     * @param target the copy
     * @param options as for {@link java.nio.file.Files#copy(Path, Path, CopyOption...)}
     * @param promise completed when done; it is told of progress if it is a {@link
     *     io.netty.util.concurrent.ProgressivePromise}
     * @return {@code promise}
     */
    Future<Void> copy(Path source, Path target, CopyOption[] options, Promise<Void> promise);
}
