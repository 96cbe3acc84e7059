// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static io.github.aionetty.nativeaio.OpenFlags.O_APPEND;
import static io.github.aionetty.nativeaio.OpenFlags.O_CLOEXEC;
import static io.github.aionetty.nativeaio.OpenFlags.O_CREAT;
import static io.github.aionetty.nativeaio.OpenFlags.O_DIRECT;
import static io.github.aionetty.nativeaio.OpenFlags.O_DIRECTORY;
import static io.github.aionetty.nativeaio.OpenFlags.O_EXCL;
import static io.github.aionetty.nativeaio.OpenFlags.O_NOFOLLOW;
import static io.github.aionetty.nativeaio.OpenFlags.O_NONBLOCK;
import static io.github.aionetty.nativeaio.OpenFlags.O_RDONLY;
import static io.github.aionetty.nativeaio.OpenFlags.O_RDWR;
import static io.github.aionetty.nativeaio.OpenFlags.O_TMPFILE;
import static io.github.aionetty.nativeaio.OpenFlags.O_TRUNC;
import static io.github.aionetty.nativeaio.OpenFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls that take a name or a descriptor, each held against what the JDK sees. */
class FileSyscallsTest {
    private final Syscalls sys = LibAio.instance();
    private final List<Integer> opened = new ArrayList<>();
    @TempDir private Path directory;

    @AfterEach
    void close() {
        for (int fd : opened) {
            assertThat(sys.close(fd)).isZero();
        }
    }

    private int tryOpen(Path path, int flags) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        int fd = sys.open(bytes, flags | O_CLOEXEC, 0640);
        if (fd >= 0) {
            opened.add(fd);
        }
        return fd;
    }

    private int open(Path path, int flags) {
        int fd = tryOpen(path, flags);
        assertThat(fd).as(path + " flags=" + flags).isNotNegative();
        return fd;
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void openCreatesTruncatesAndRefusesAsItsFlagsSay() throws IOException {
        Path path = directory.resolve("new");
        assertThat(tryOpen(path, O_RDWR)).isEqualTo(-Errno.ENOENT);
        open(path, O_RDWR | O_CREAT | O_EXCL);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .startsWith("rw-");
        assertThat(tryOpen(path, O_RDWR | O_CREAT | O_EXCL)).isEqualTo(-Errno.EEXIST);
        Files.writeString(path, "content");
        open(path, O_RDONLY);
        assertThat(path).hasSize(7);
        open(path, O_WRONLY | O_TRUNC);
        assertThat(path).isEmptyFile();
    }

    /** The three flags whose bits differ between architectures do what they are named for. */
    @Test
    void architectureDependentFlagsDoWhatTheyAreNamedFor() throws IOException {
        Path file = write("file", "content");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(tryOpen(file, O_RDONLY | O_DIRECTORY)).isEqualTo(-Errno.ENOTDIR);
        open(directory, O_RDONLY | O_DIRECTORY);
        assertThat(tryOpen(link, O_RDONLY | O_NOFOLLOW)).isEqualTo(-Errno.ELOOP);
        open(link, O_RDONLY);
        int unnamed = tryOpen(directory, O_RDWR | O_TMPFILE);
        assertThat(unnamed)
                .satisfiesAnyOf(
                        fd -> assertThat(fd).isNotNegative(),
                        fd -> assertThat(fd).isEqualTo(-Errno.EOPNOTSUPP));
        int direct = tryOpen(file, O_RDONLY | O_DIRECT);
        if (direct < 0) {
            assertThat(direct).as("file systems without direct I/O").isEqualTo(-Errno.EINVAL);
        } else {
            assertThat(sys.fcntlGetFlags(direct) & O_DIRECT).isEqualTo(O_DIRECT);
        }
    }

    @Test
    void pagesOfTheFileThatAreInMemoryAreCounted() throws IOException {
        long page = Memory.pageSize();
        Path path = Files.write(directory.resolve("cached"), new byte[(int) (3 * page)]);
        int fd = open(path, O_RDONLY);
        assertThat(sys.mincore(fd, 0, 3 * page)).isEqualTo(3);
        assertThat(sys.mincore(fd, page - 1, 2)).isEqualTo(2);
        assertThat(sys.mincore(fd, 3 * page, page)).isZero();
        assertThat(sys.mincore(fd, 0, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.mincore(open(path, O_WRONLY), 0, 1)).isEqualTo(-Errno.EACCES);
        // Missing before Linux 6.5; overlayfs has no pages of its own.
        assertThat(sys.cachestat(fd, 0, 3 * page)).isIn(3L, 0L, (long) -Errno.ENOSYS);
        assertThat(sys.cachestat(fd, 0, -1)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void pathsAreBytesAndNothingIsCutOffSilently() throws IOException {
        Path strange = write("\u00fcn\u00ef \u2603", "x");
        open(strange, O_RDONLY);
        byte[] nul = (directory + "/file\0hidden").getBytes(StandardCharsets.UTF_8);
        write("file", "x");
        assertThat(sys.open(nul, O_RDONLY, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.open(new byte[0], O_RDONLY, 0)).isEqualTo(-Errno.ENOENT);
        assertThat(sys.open(null, O_RDONLY, 0)).isEqualTo(-Errno.EFAULT);
        byte[] tooLong = "/".repeat(4096).getBytes(StandardCharsets.UTF_8);
        assertThat(sys.open(tooLong, O_RDONLY, 0)).isEqualTo(-Errno.ENAMETOOLONG);
        byte[] longest = "/".repeat(4095).getBytes(StandardCharsets.UTF_8);
        int root = sys.open(longest, O_RDONLY | O_CLOEXEC, 0);
        assertThat(root).isNotNegative();
        opened.add(root);
        Path longName = directory.resolve("n".repeat(256));
        assertThat(tryOpen(longName, O_RDONLY)).isEqualTo(-Errno.ENAMETOOLONG);
    }

    @Test
    void statusAgreesWithTheJdk() throws IOException {
        Path path = write("file", "12345");
        Files.createLink(directory.resolve("second name"), path);
        // Long ago, so that the other times cannot pass for it.
        Files.setLastModifiedTime(
                path, FileTime.from(Instant.ofEpochSecond(1_111_111_111, 987_654_000)));
        FileStatus status = FileStatus.allocate();
        assertThat(sys.statx(open(path, O_RDONLY), status.address())).isZero();
        assertThat(status.size()).isEqualTo(5);
        assertThat(status.isRegularFile()).isTrue();
        assertThat(status.isDirectory()).isFalse();
        assertThat(status.mode()).isEqualTo(Files.getAttribute(path, "unix:mode"));
        assertThat(status.inode()).isEqualTo(Files.getAttribute(path, "unix:ino"));
        assertThat(status.hardLinks()).isEqualTo(Files.getAttribute(path, "unix:nlink"));
        // The kernel's encoding of a device number, which "unix:dev" gives as it is.
        long major = status.deviceMajor();
        long minor = status.deviceMinor();
        long device =
                (minor & 0xff)
                        | (major & 0xfff) << 8
                        | (minor & ~0xffL) << 12
                        | (major & ~0xfffL) << 32;
        assertThat(device).isEqualTo(Files.getAttribute(path, "unix:dev"));
        assertThat(Files.getLastModifiedTime(path).toInstant())
                .isEqualTo(Instant.ofEpochSecond(status.mtimeSeconds(), status.mtimeNanos()));
        assertThat(((FileTime) Files.getAttribute(path, "unix:ctime")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(status.ctimeSeconds(), status.ctimeNanos()))
                .isAfter(Files.getLastModifiedTime(path).toInstant());
        assertThat(status.blockSize()).isPositive();
        assertThat((long) status.fsBlockSize()).isEqualTo(Files.getFileStore(path).getBlockSize());
        assertThat(status.fsType()).isNotZero();
        assertThat(status.dioMemAlign()).isNotNegative();
        assertThat(status.dioOffsetAlign()).isNotNegative();
    }

    @Test
    void blocksCountTheSpaceThatIsAllocatedAndNoHole() throws IOException {
        int fd = open(write("file", ""), O_RDWR);
        FileStatus status = FileStatus.allocate();
        assertThat(sys.ftruncate(fd, 1 << 20)).isZero();
        assertThat(sys.statx(fd, status.address())).isZero();
        assertThat(status.size()).isEqualTo(1 << 20);
        long aHole = status.blocks();
        assertThat(sys.fallocate(fd, 0, 0, 1 << 16)).isZero();
        assertThat(sys.statx(fd, status.address())).isZero();
        assertThat(status.size()).isEqualTo(1 << 20);
        assertThat(status.blocks())
                .isGreaterThanOrEqualTo(aHole + (1 << 16) / 512)
                .isLessThan((1 << 20) / 512);
    }

    @Test
    void statusKnowsWhatKindOfFileItIs() throws Exception {
        FileStatus status = FileStatus.allocate();
        assertThat(sys.statx(open(directory, O_RDONLY), status.address())).isZero();
        assertThat(status.isDirectory()).isTrue();
        assertThat(status.isRegularFile()).isFalse();

        Path fifo = directory.resolve("fifo");
        Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start();
        assertThat(mkfifo.waitFor()).isZero();
        assertThat(sys.statx(open(fifo, O_RDONLY | O_NONBLOCK), status.address())).isZero();
        assertThat(status.isFifo()).isTrue();

        assertThat(sys.statx(open(Path.of("/dev/null"), O_RDONLY), status.address())).isZero();
        assertThat(status.isCharacterDevice()).isTrue();
        assertThat(status.specialMajor()).isEqualTo(1);
        assertThat(status.specialMinor()).isEqualTo(3);

        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        int handle = open(link, OpenFlags.O_PATH | O_NOFOLLOW);
        assertThat(sys.statx(handle, status.address())).isZero();
        assertThat(status.isSymbolicLink()).isTrue();
        assertThat(status.isSocket()).isFalse();
        assertThat(status.isBlockDevice()).isFalse();
    }

    @Test
    void aFailedStatusLeavesTheLastOneAlone() throws IOException {
        FileStatus status = FileStatus.allocate();
        assertThat(status.mode()).isZero();
        assertThat(sys.statx(open(write("file", "12345"), O_RDONLY), status.address())).isZero();
        assertThat(sys.statx(-1, status.address())).isEqualTo(-Errno.EBADF);
        assertThat(status.size()).isEqualTo(5);
    }

    @Test
    void spaceIsAllocatedAndCut() throws IOException {
        Path path = write("file", "");
        int fd = open(path, O_RDWR);
        assertThat(sys.fallocate(fd, 0, 0, 100_000)).isZero();
        assertThat(path).hasSize(100_000);
        assertThat(sys.fallocate(fd, OpenFlags.FALLOC_FL_KEEP_SIZE, 0, 200_000)).isZero();
        assertThat(path).hasSize(100_000);
        assertThat(sys.fallocate(fd, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.ftruncate(fd, 10)).isZero();
        assertThat(path).hasSize(10);
        assertThat(sys.ftruncate(fd, -1)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.ftruncate(open(path, O_RDONLY), 5)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.fsync(fd)).isZero();
        assertThat(sys.fdatasync(fd)).isZero();
        assertThat(sys.fsync(-1)).isEqualTo(-Errno.EBADF);
        assertThat(sys.fdatasync(-1)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void extentsAreCountedAndListed() throws IOException {
        Path path = write("file", "x".repeat(100_000));
        int fd = open(path, O_RDWR);
        assertThat(sys.fsync(fd)).isZero();
        ExtentMap map = new ExtentMap(8);
        int count = sys.fiemap(fd, 0, 100_000, 0, 0, 0);
        if (count == -Errno.EOPNOTSUPP) {
            return; // tmpfs has no extents
        }
        assertThat(count).isPositive();
        int listed = sys.fiemap(fd, 0, 100_000, ExtentMap.FLAG_SYNC, map.capacity(), map.address());
        assertThat(listed).isEqualTo(Math.min(count, 8)).isEqualTo(map.count());
        assertThat(map.logical(0)).isZero();
        long end = map.logical(listed - 1) + map.length(listed - 1);
        assertThat(end).isGreaterThanOrEqualTo(100_000);
        assertThat(map.flags(listed - 1) & ExtentMap.EXTENT_LAST).isNotZero();

        assertThat(sys.fallocate(fd, 0, 1 << 20, 1 << 20)).isZero();
        int unwritten = sys.fiemap(fd, 1 << 20, 1 << 20, 0, 8, map.address());
        assertThat(unwritten).isPositive();
        assertThat(map.flags(0) & ExtentMap.EXTENT_UNWRITTEN).isNotZero();
        assertThat(sys.fiemap(fd, 0, 1, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
    }

    @Test
    void aCloneHasTheBytesOrTheFileSystemSharesNone() throws IOException {
        int source = open(write("source", "x".repeat(100_000)), O_RDONLY);
        Path copy = write("copy", "");
        int result = sys.ficlone(open(copy, O_WRONLY), source);
        if (result == 0) {
            assertThat(copy).hasContent("x".repeat(100_000));
        } else {
            // ENOTTY of what has no such ioctl at all.
            assertThat(-result).isIn(Errno.EOPNOTSUPP, Errno.EINVAL, 25);
            assertThat(copy).isEmptyFile();
        }
        assertThat(sys.ficlone(-1, source)).isEqualTo(-Errno.EBADF);
        assertThat(sys.ficlone(open(copy, O_RDONLY), source)).isNegative();
    }

    @Test
    void aRenameReplacesNothing() throws IOException {
        Path from = write("from", "new");
        Path to = write("to", "old");
        int result = sys.renameNew(bytes(from), bytes(to));
        assertThat(-result).isIn(Errno.EEXIST, Errno.EINVAL, Errno.ENOSYS);
        assertThat(to).hasContent("old");
        if (result == -Errno.EEXIST) {
            Path other = to.resolveSibling("other");
            assertThat(sys.renameNew(bytes(from), bytes(other))).isZero();
            assertThat(other).hasContent("new");
            assertThat(from).doesNotExist();
        }
        assertThat(sys.renameNew(new byte[] {'a', 0}, bytes(to))).isEqualTo(-Errno.EINVAL);
        assertThat(sys.renameNew(bytes(to), new byte[4096])).isEqualTo(-Errno.ENAMETOOLONG);
        assertThat(sys.renameNew(bytes(to), null)).isEqualTo(-Errno.EFAULT);
    }

    @Test
    void namesAreFoundBeneathADirectoryAndNotOutsideOfIt() throws IOException {
        Path inside = write("inside", "0123456789");
        Files.createSymbolicLink(
                directory.resolve("out"), Path.of("../" + directory.getFileName()));
        int root = sys.open(bytes(directory), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        opened.add(root);
        int flags = OpenFlags.O_PATH | OpenFlags.O_CLOEXEC;
        int beneath = OpenFlags.RESOLVE_BENEATH;
        int fd = sys.openat2(root, name("inside"), flags, 0, beneath);
        assumeFalse(fd == -Errno.ENOSYS || fd == -Errno.EPERM, "no openat2");
        opened.add(fd);
        assertThat(fd).isPositive();
        assertThat(sys.openat2(root, name("out/inside"), flags, 0, beneath))
                .isEqualTo(-Errno.EXDEV);
        assertThat(sys.openat2(root, new byte[] {'a', 0}, flags, 0, beneath))
                .isEqualTo(-Errno.EINVAL);
        assertThat(sys.openat2(root, new byte[4096], flags, 0, beneath))
                .isEqualTo(-Errno.ENAMETOOLONG);
        assertThat(sys.openat2(root, null, flags, 0, beneath)).isEqualTo(-Errno.EFAULT);
        FileStatus byName = FileStatus.allocate();
        FileStatus byDescriptor = FileStatus.allocate();
        assertThat(sys.statusAt(root, name("inside"), flags, beneath, byName.address())).isZero();
        assertThat(sys.statx(fd, byDescriptor.address())).isZero();
        assertThat(byName.size()).isEqualTo(10);
        assertThat(byName.inode()).isEqualTo(byDescriptor.inode());
        assertThat(byName.fsType()).isZero();
        Files.delete(inside);
        assertThat(sys.statusAt(root, name("inside"), flags, beneath, byName.address()))
                .isEqualTo(-Errno.ENOENT);
        assertThat(sys.statusAt(root, null, flags, beneath, byName.address()))
                .isEqualTo(-Errno.EFAULT);
        byte[] link = name("/proc/self/fd/" + fd);
        int left = sys.statusAt(OpenFlags.AT_FDCWD, link, flags, 0, byName.address());
        assertThat(left).isGreaterThan(1);
        opened.add(left - 1);
        assertThat(byName.hardLinks()).isZero();
        assertThat(byName.size()).isEqualTo(10);
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void flagsAreReadAndChanged() throws IOException {
        int fd = open(write("file", ""), O_WRONLY);
        assertThat(sys.fcntlGetFlags(fd) & OpenFlags.O_ACCMODE).isEqualTo(O_WRONLY);
        assertThat(sys.fcntlSetFlags(fd, O_APPEND)).isZero();
        assertThat(sys.fcntlGetFlags(fd) & O_APPEND).isEqualTo(O_APPEND);
        assertThat(sys.fcntlGetFlags(-1)).isEqualTo(-Errno.EBADF);
        assertThat(sys.fcntlSetFlags(-1, 0)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void readsAndWritesGoToTheirPositions() throws IOException {
        Path path = write("file", "0123456789");
        int fd = open(path, O_RDWR);
        ByteBuffer buffer = ByteBuffer.allocateDirect(16);
        long address = Memory.address(buffer);
        assertThat(sys.pread(fd, address, 4, 3)).isEqualTo(4);
        assertThat(buffer.get(0)).isEqualTo((byte) '3');
        assertThat(sys.pread(fd, address, 16, 8)).isEqualTo(2);
        assertThat(sys.pread(fd, address, 16, 10)).isZero();
        assertThat(sys.pread(fd, address, 1, -1)).isEqualTo(-Errno.EINVAL);
        buffer.put(0, (byte) 'x');
        assertThat(sys.pwrite(fd, address, 1, 9)).isEqualTo(1);
        assertThat(path).hasContent("012345678x");
        assertThat(sys.pwrite(open(path, O_RDONLY), address, 1, 0)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void dataAndHolesAreFound() throws IOException {
        int fd = open(directory.resolve("sparse"), O_RDWR | O_CREAT);
        ByteBuffer buffer = ByteBuffer.allocateDirect(16);
        assertThat(sys.pwrite(fd, Memory.address(buffer), 16, 1 << 20)).isEqualTo(16);
        int end = (1 << 20) + 16;
        assertThat(sys.lseek(fd, 0, OpenFlags.SEEK_END)).isEqualTo(end);
        assertThat(sys.lseek(fd, 0, OpenFlags.SEEK_DATA)).isBetween(0L, 1L << 20);
        assertThat(sys.lseek(fd, 1 << 20, OpenFlags.SEEK_HOLE)).isEqualTo(end);
        assertThat(sys.lseek(fd, end, OpenFlags.SEEK_DATA)).isEqualTo(-Errno.ENXIO);
        assertThat(sys.lseek(fd, -1, OpenFlags.SEEK_SET)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void aLockExcludesOtherDescriptionsUntilItIsGivenBack() throws IOException {
        Path path = write("file", "");
        int fd = open(path, O_RDWR);
        int other = open(path, O_RDWR);
        assertThat(sys.lock(fd, true, 1L << 62, 10, false)).isZero();
        assertThat(sys.lock(other, true, (1L << 62) + 9, 1, false)).isEqualTo(-Errno.EAGAIN);
        assertThat(sys.lock(other, true, (1L << 62) + 10, 1, false)).isZero();
        assertThat(sys.lock(fd, false, 1L << 62, 10, false)).isZero();
        assertThat(sys.lock(other, true, 1L << 62, 10, true)).isZero();
    }
}
