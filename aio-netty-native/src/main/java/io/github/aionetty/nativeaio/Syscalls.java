// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/**
 * The few system calls the library lives on, one method each.
 *
 * <p>Every method returns a value of zero or more, or a negated {@code errno} (see {@link Errno});
 * none throws for what the kernel says, and none retries: {@code -EINTR} is passed on. Any thread
 * may call; what may block is said at the method. Addresses are raw memory addresses as {@link
 * Memory#address} gives them, and the memory must stay alive for as long as the kernel may use it.
 */
public interface Syscalls {
    /**
     * Makes a kernel AIO context. Blocks for a moment.
     *
     * @param nrEvents operations in flight it must hold; they count against fs.aio-max-nr
     * @return the context id, or {@code -EAGAIN} when fs.aio-max-nr would be exceeded
     * @see <a href="https://man7.org/linux/man-pages/man2/io_setup.2.html">io_setup(2)</a>
     */
    long ioSetup(int nrEvents);

    /**
     * Destroys a context. Blocks until everything in flight is done, and some 30 ms even when idle;
     * the mapped ring is gone afterwards.
     *
     * @return 0, or {@code -EINVAL} when there is no such context (any more)
     * @see <a href="https://man7.org/linux/man-pages/man2/io_destroy.2.html">io_destroy(2)</a>
     */
    int ioDestroy(long context);

    /**
     * Submits operations, in order, up to the first one the kernel refuses. May block in the file
     * system; the buffers and descriptors belong to the kernel until the completion is reaped.
     *
     * @param nr how many pointers there are
     * @param iocbpp address of {@code nr} pointers to {@code struct iocb}
     * @return how many were accepted (0 when {@code nr} is 0), or, when the first one was refused,
     *     its negated errno ({@code -EAGAIN}: no room in the context)
     * @see <a href="https://man7.org/linux/man-pages/man2/io_submit.2.html">io_submit(2)</a>
     */
    int ioSubmit(long context, int nr, long iocbpp);

    /**
     * As {@link #ioSubmit(long, int, long)}, telling what the system call took: two looks at the
     * clock, which are no system calls, and one more system call where it took long.
     *
     * @param callTime address of a {@link CallTime}; with 0 nothing is told
     */
    int ioSubmit(long context, int nr, long iocbpp, long callTime);

    /**
     * Takes completions out of the context's ring.
     *
     * @param minNr wait until at least so many are there
     * @param nr room, in events of {@link IoEvents#EVENT_SIZE} bytes, at {@code events}
     * @param events address the events are written to
     * @param timeoutNanos longest wait; 0 polls, -1 waits for ever
     * @return how many events were written, or {@code -EINTR}, {@code -EINVAL} (no such context)
     * @see <a href="https://man7.org/linux/man-pages/man2/io_getevents.2.html">io_getevents(2)</a>
     */
    int ioGetEvents(long context, int minNr, int nr, long events, long timeoutNanos);

    /**
     * Asks for an operation to be cancelled. Files never can be ({@code -EINVAL}); a POLL answers
     * {@code -EINPROGRESS} and its completion arrives through the ring.
     *
     * @param iocb address of the submitted {@code struct iocb}
     * @param event address of room for one event; recent kernels leave it alone
     * @see <a href="https://man7.org/linux/man-pages/man2/io_cancel.2.html">io_cancel(2)</a>
     */
    int ioCancel(long context, long iocb, long event);

    /**
     * Makes an eventfd.
     *
     * @param flags of {@link EventFd}
     * @return the descriptor, owned by the caller
     * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
     */
    int eventFd(int initialValue, int flags);

    /**
     * Opens a file. Blocks on the file system, and on a FIFO without {@link OpenFlags#O_NONBLOCK}.
     *
     * @param path bytes as the kernel has them, without the final NUL; a NUL inside is {@code
     *     -EINVAL}, 4096 bytes or more are {@code -ENAMETOOLONG}
     * @param flags of {@link OpenFlags}
     * @param mode permission bits of a file that is created
     * @return the descriptor, owned by the caller
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    int open(byte[] path, int flags, int mode);

    /**
     * Opens a file that is found from a directory, as far as {@code resolve} allows. Blocks on the
     * file system, unless {@link OpenFlags#RESOLVE_CACHED} is given with {@link OpenFlags#O_PATH}.
     *
     * @param directory a descriptor, or {@link OpenFlags#AT_FDCWD}
     * @param path as for {@link #open}; never empty
     * @param flags of {@link OpenFlags}; unknown ones are refused
     * @param mode permission bits of a file that is created; 0 without {@link OpenFlags#O_CREAT}
     * @param resolve {@code RESOLVE_} of {@link OpenFlags}
     * @return the descriptor, owned by the caller, or {@code -ENOSYS} before Linux 5.6, {@code
     *     -EPERM} where a seccomp profile is older than that, {@code -EINVAL} for flags that the
     *     kernel does not know, {@code -EXDEV} where the name leads out, {@code -EAGAIN} where it
     *     is not cached, or others rename directories meanwhile
     * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
     */
    int openat2(int directory, byte[] path, int flags, int mode, int resolve);

    /**
     * Closes a descriptor; it is gone whatever the result, so never try again.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
     */
    int close(int fd);

    /**
     * Fills the layout of {@link FileStatus} for an open descriptor: {@code statx} of the
     * descriptor with direct I/O alignment, and {@code fstatfs}. May block on the file system.
     *
     * @param buffer address of {@link FileStatus#SIZE} bytes
     * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
     */
    int statx(int fd, long buffer);

    /**
     * Fills the layout of {@link FileStatus}, the file system's part of it with zeros, for a name:
     * {@code openat2}, {@code statx} with {@code AT_STATX_DONT_SYNC}, and {@code close}. Does not
     * block where {@link OpenFlags#RESOLVE_CACHED} and {@link OpenFlags#O_PATH} are given and the
     * file system is a local one.
     *
     * @param directory as for {@link #openat2}, and so are path, flags and resolve
     * @param buffer address of {@link FileStatus#SIZE} bytes; untouched on failure
     * @return 0, or, where the file has no name any more, one more than a descriptor of it, which
     *     the caller closes where that may block: with the last descriptor the file itself may go
     */
    int statusAt(int directory, byte[] path, int flags, int resolve, long buffer);

    /**
     * Allocates, or with a mode changes, space of a file. Blocks.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
     */
    int fallocate(int fd, int mode, long offset, long length);

    /**
     * Sets the size of a file. Blocks.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/ftruncate.2.html">ftruncate(2)</a>
     */
    int ftruncate(int fd, long length);

    /**
     * Makes data and metadata durable. Blocks.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/fsync.2.html">fsync(2)</a>
     */
    int fsync(int fd);

    /**
     * Makes data durable, and the metadata needed to read it. Blocks.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/fdatasync.2.html">fdatasync(2)</a>
     */
    int fdatasync(int fd);

    /**
     * Asks for the extents of a range; asking for a count alone loads them into memory. Blocks.
     *
     * @param flags 0, or {@link ExtentMap#FLAG_SYNC}
     * @param extentCount room at {@code buffer}; 0 counts only
     * @param buffer address of an {@link ExtentMap}; may be 0 when {@code extentCount} is 0
     * @return extents found (at most {@code extentCount} unless that is 0), or {@code -EOPNOTSUPP}
     *     where the file system has none, as tmpfs
     * @see <a href="https://docs.kernel.org/filesystems/fiemap.html">FS_IOC_FIEMAP</a>
     */
    int fiemap(int fd, long start, long length, int flags, int extentCount, long buffer);

    /**
     * Has a file share all extents of another, as a copy that takes no space until one of the two
     * is written. Blocks, first of all until the source's dirty pages are on the disk.
     *
     * @param fd the copy, open for writing; it gets at least the source's size
     * @param sourceFd open for reading
     * @return 0, or {@code -EOPNOTSUPP} where the file system shares none, {@code -EXDEV} where the
     *     two are on different ones, {@code -EINVAL} where it cannot with these two
     * @see <a href="https://man7.org/linux/man-pages/man2/FICLONE.2const.html">FICLONE(2const)</a>
     */
    int ficlone(int fd, int sourceFd);

    /**
     * Gives a file a new name, unless something has that name: {@code renameat2} with {@code
     * RENAME_NOREPLACE}. Blocks.
     *
     * @param path as for {@link #open}
     * @param newPath on the same file system
     * @return 0, {@code -EEXIST}, or {@code -EINVAL} or {@code -ENOSYS} where the file system or
     *     the kernel has no such rename
     * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">renameat2(2)</a>
     */
    int renameNew(byte[] path, byte[] newPath);

    /**
     * Gives the status flags of an open file, among them its access mode.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/F_GETFL.2const.html">F_GETFL(2const)</a>
     */
    int fcntlGetFlags(int fd);

    /**
     * Sets the status flags that can be changed: O_APPEND, O_DIRECT, O_NOATIME, O_NONBLOCK.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/F_GETFL.2const.html">F_SETFL(2const)</a>
     */
    int fcntlSetFlags(int fd, int flags);

    /**
     * Locks bytes of a file for this open file description, which must be writable, or unlocks
     * them. The lock excludes other descriptions, also of this process, and goes with the last
     * descriptor. May block for ever if it waits.
     *
     * @param exclusive true locks, false unlocks
     * @param wait whether to wait for who has them; otherwise {@code -EAGAIN}
     * @see <a href="https://man7.org/linux/man-pages/man2/F_OFD_SETLK.2const.html">F_OFD_SETLK</a>
     */
    int lock(int fd, boolean exclusive, long start, long length, boolean wait);

    /**
     * Moves the file position, or finds data and holes with {@link OpenFlags#SEEK_DATA} and {@link
     * OpenFlags#SEEK_HOLE}. May block on the file system.
     *
     * @return the resulting position, or {@code -ENXIO} when there is no more data
     * @see <a href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2)</a>
     */
    long lseek(int fd, long offset, int whence);

    /**
     * Reads at a position. Blocks.
     *
     * @return bytes read, 0 at the end of the file
     * @see <a href="https://man7.org/linux/man-pages/man2/pread.2.html">pread(2)</a>
     */
    long pread(int fd, long address, long length, long position);

    /**
     * Writes at a position. Blocks.
     *
     * @return bytes written, possibly fewer than asked
     * @see <a href="https://man7.org/linux/man-pages/man2/pwrite.2.html">pwrite(2)</a>
     */
    long pwrite(int fd, long address, long length, long position);

    /**
     * Counts the pages that the page cache holds of a file. Reads nothing of it; takes its time
     * with what is held, some milliseconds for gibibytes.
     *
     * @param length in bytes, at least 1
     * @return pages that hold bytes of the range, or {@code -ENOSYS} before Linux 6.5, {@code
     *     -EPERM} from 6.14 on where the caller neither owns the file nor may write it, and where a
     *     seccomp profile is older than the call; of a file that has its pages elsewhere, as
     *     overlayfs', always 0
     * @see <a
     *     href="https://github.com/torvalds/linux/blob/v6.5/mm/filemap.c">SYSCALL_DEFINE4(cachestat)
     *     in mm/filemap.c</a>
     */
    long cachestat(int fd, long offset, long length);

    /**
     * The same by {@code mmap}, {@code mincore} and {@code munmap}, in pieces of 4,096 pages: slow,
     * but of any kernel, and of overlayfs. Reads nothing of the file.
     *
     * @param fd open for reading
     * @param length in bytes, at least 1; the range may end at 2^62 at the latest
     * @return pages that hold bytes of the range, or {@code -EPERM} from Linux 5.2 on where the
     *     caller neither owns the file nor may write it (the kernel says to him that every page is
     *     there, even where no file has one, which is how that is known), {@code -ENODEV} where
     *     files cannot be mapped
     * @see <a href="https://man7.org/linux/man-pages/man2/mincore.2.html">mincore(2)</a>
     */
    long mincore(int fd, long offset, long length);

    /**
     * Maps private anonymous memory aligned to 2 MiB and advises huge pages before its first touch,
     * for memory touched earlier never gets one. That the advice fails is no error. The memory
     * reads as zeros and belongs to the caller until {@link #munmap}.
     *
     * @param length in bytes, rounded up to whole pages
     * @return the address, or {@code -EINVAL} (length not positive), {@code -ENOMEM}
     * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>
     */
    long mmapSlab(long length);

    /**
     * Gives memory of {@link #mmapSlab} back. No operation in flight may still use it.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/munmap.2.html">munmap(2)</a>
     */
    int munmap(long address, long length);

    /**
     * How often the calling thread has given up the CPU by itself: to sleep, or to wait for a lock
     * or a device. That the kernel took the CPU away from it is not counted. Does not block.
     *
     * @return count since the thread was started; always 0 where the kernel keeps none, as gVisor
     * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
     */
    long voluntarySwitches();
}
