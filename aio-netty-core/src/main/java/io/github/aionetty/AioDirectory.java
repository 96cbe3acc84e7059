// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;

/**
 * A directory held open on one event loop. Names are looked up from it and beneath it: nothing
 * outside of it is ever reached, whatever symbolic links others put there, or swap, meanwhile; the
 * counterpart of {@link java.nio.file.SecureDirectoryStream}. It stays the same directory where
 * others rename or replace it.
 *
 * <p>Paths are relative; the empty path is the directory itself. Symbolic links are followed as
 * long as they stay beneath. What leads out, by {@code ..}, by a link with {@code ..}, or by an
 * absolute link wherever that leads, fails with an {@link AioException} of {@code EXDEV}. Other
 * mounts beneath are entered. An absolute path throws {@link IllegalArgumentException}, and so does
 * one of another file system provider.
 *
 * <p>Linux 5.6 and newer look to that themselves. Elsewhere, and where a seccomp profile is older,
 * the path is looked at first, link by link, and then what was found is opened: who can change the
 * tree may swap a directory for a link between the two. {@link #isRaceFree()} tells.
 *
 * <p>Any thread may call; futures complete on {@link #eventLoop()}, operations on a closed
 * directory fail with {@link AioClosedException}. Nothing but {@link #close()} closes it, neither
 * the loop's end nor that of an {@link AioContext}.
 *
 * @see AioFiles#openDirectory(Path)
 * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2),
 *     RESOLVE_BENEATH</a>
 */
public interface AioDirectory {

    /**
     * Opens a file beneath this directory, on the loop's {@link AioContext}, which is made on first
     * use; otherwise as {@link AioContext#open(Path, OpenOption...)}. The file stays open when the
     * directory is closed.
     *
     * @param relative a path from here; {@link AioFile#path()} gives it below {@link #path()}
     * @param options as for {@link AioContext#open(Path, OpenOption...)}; with {@link
     *     LinkOption#NOFOLLOW_LINKS} the last name may not be a link ({@code ELOOP})
     * @return the open file, which the caller closes; {@code cancel} does not stop it
     * @throws IllegalArgumentException for an absolute path, and as {@link AioContext#open}
     * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
     */
    Future<AioFile> open(Path relative, OpenOption... options);

    /**
     * As {@link #open(Path, OpenOption...)}, with attributes for a file that is created.
     *
     * @param relative a path from here
     * @param options the open options
     * @param attributes {@code posix:permissions} (subject to the umask)
     * @return the open file, which the caller closes
     * @throws UnsupportedOperationException for other attributes
     */
    Future<AioFile> open(
            Path relative, Set<? extends OpenOption> options, FileAttribute<?>... attributes);

    /**
     * As {@link #open(Path, Set, FileAttribute...)}, completing the caller's promise.
     *
     * @param relative a path from here
     * @param options the open options
     * @param attributes attributes for a file that is created; may be empty
     * @param promise completed with the open file
     * @return {@code promise}
     */
    Future<AioFile> open(
            Path relative,
            Set<? extends OpenOption> options,
            FileAttribute<?>[] attributes,
            Promise<AioFile> promise);

    /**
     * Size, modification time, inode and kind. Called on the loop it is complete at once where the
     * kernel has the answer in its memory, also that there is no such file; otherwise a helper
     * looks. So it is with Linux 5.12 and newer on ext4, xfs, btrfs, tmpfs and overlay, and not
     * with names in other mounts beneath.
     *
     * @param relative a path from here
     * @param options {@link LinkOption#NOFOLLOW_LINKS} to look at a link itself
     * @return the attributes now
     * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2),
     *     RESOLVE_CACHED</a>
     * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
     */
    Future<AioFileAttributes> attributes(Path relative, LinkOption... options);

    /**
     * As {@link #attributes(Path, LinkOption...)}, completing the caller's promise, perhaps before
     * it returns.
     *
     * @param relative a path from here, links followed
     * @param promise completed with the attributes
     * @return {@code promise}
     */
    Future<AioFileAttributes> attributes(Path relative, Promise<AioFileAttributes> promise);

    /**
     * Opens a directory beneath this one. From there nothing leads back: for it, {@code ..} leaves.
     *
     * @param relative a path from here
     * @return the open directory, which the caller closes; it stays open when this one is closed
     */
    Future<AioDirectory> openDirectory(Path relative);

    /**
     * As {@link #openDirectory(Path)}, completing the caller's promise.
     *
     * @param relative a path from here
     * @param promise completed with the open directory
     * @return {@code promise}
     */
    Future<AioDirectory> openDirectory(Path relative, Promise<AioDirectory> promise);

    /**
     * The entries of this directory, in the order of their names.
     *
     * @return names, each a relative path for the other methods; names that are no valid text are
     *     kept
     */
    Future<List<Path>> list();

    /**
     * As {@link #list()}, completing the caller's promise.
     *
     * @param promise completed with the names
     * @return {@code promise}
     */
    Future<List<Path>> list(Promise<List<Path>> promise);

    /**
     * The path that it was opened by; whether that still leads here nobody knows.
     *
     * @return as it was given; of a directory beneath another, below that one's
     */
    Path path();

    /**
     * A path that leads to this directory for as long as it is open, whatever becomes of its name:
     * {@code /proc/self/fd/N}. What {@link AioFiles}, {@link AioContext}, {@link AioFileWriter} and
     * {@link java.nio.file.Files} do to an entry of it, they do to no other directory's. So a file
     * can be written beside its target, renamed, and the directory synced:
     *
     * <pre>{@code
     * AioFileWriter.replacing(loop, directory.descriptorPath().resolve("name")).build();
     * }</pre>
     *
     * <p>That holds for an entry: a single name. For a path of several, open the directory of the
     * last one with {@link #openDirectory(Path)}. Where such a call follows links, an entry that is
     * a link may lead anywhere: give {@link LinkOption#NOFOLLOW_LINKS}. Moving, deleting and
     * replacing do not follow. Keep the directory open until they are done, for another file may
     * get its number.
     *
     * @return an absolute path, of use in this process alone; without the native library the real
     *     path as of when it was opened
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html">proc_pid_fd(5)</a>
     */
    Path descriptorPath();

    /**
     * Whether the kernel itself keeps names beneath this directory, so that no link that is put
     * there at the wrong moment leads out.
     *
     * @return false before Linux 5.6, under a seccomp profile that does not allow openat2, with
     *     {@code -Dio.github.aionetty.openat2=off}, and without the native library: then there is a
     *     moment between looking and opening. The same for all directories of the process
     */
    boolean isRaceFree();

    /**
     * The same directory, completing on another loop. Never blocks. Each handle is closed on its
     * own, and the descriptor with the last; of a closed one the new one is closed.
     *
     * @param other the loop that completes the new handle's futures
     * @return a handle of its own
     */
    AioDirectory on(EventLoop other);

    /**
     * The loop that completes this handle's futures.
     *
     * @return as given to {@link AioFiles#of} or {@link #on}
     */
    EventLoop eventLoop();

    /**
     * Waits for this handle's operations, then closes it; the descriptor is closed with the last
     * handle that {@link #on} made. Later operations fail with {@link AioClosedException}.
     *
     * @return completes when closed; closing again completes with the first close
     */
    Future<Void> close();

    /**
     * As {@link #close()}, completing the caller's promise.
     *
     * @param promise completed when closed
     * @return {@code promise}
     */
    Future<Void> close(Promise<Void> promise);

    /**
     * Whether operations are accepted.
     *
     * @return false from the moment that {@link #close()} was called
     */
    boolean isOpen();
}
