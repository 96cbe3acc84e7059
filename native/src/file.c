// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "aion.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

_Static_assert(sizeof(off_t) == 8, "64-bit machines only: _FILE_OFFSET_BITS is not set");
// The number is the file system's, too: btrfs had it first, as BTRFS_IOC_CLONE.
_Static_assert(FICLONE == _IOW(0x94, 9, int), "the ioctl that shares a whole file's extents");

static int32_t negated(int result) {
    return result < 0 ? -errno : result;
}

int32_t aion_open(const char *path, int32_t flags, int32_t mode) {
    return negated(open(path, flags, (mode_t)mode));
}

#ifdef SYS_openat2
_Static_assert(SYS_openat2 == AION_SYS_OPENAT2, "as this machine's headers have it");
#endif

// The kernel's struct open_how, declared here because headers from before Linux 5.6 lack it.
struct how {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
};
_Static_assert(sizeof(struct how) == 24, "OPEN_HOW_SIZE_VER0");

int32_t aion_openat2(int32_t directory, const char *path, int32_t flags, int32_t mode,
                     int32_t resolve) {
    struct how how = {
        .flags = (uint32_t)flags,
        .mode = (uint32_t)mode,
        .resolve = (uint32_t)resolve,
    };
    return negated((int)syscall(AION_SYS_OPENAT2, directory, path, &how, sizeof how));
}

// Never tried again on EINTR: Linux has released the descriptor by then, and another thread may
// own the number already.
int32_t aion_close(int32_t fd) {
    return negated(close(fd));
}

int32_t aion_fallocate(int32_t fd, int32_t mode, int64_t offset, int64_t length) {
    return negated(fallocate(fd, mode, offset, length));
}

int32_t aion_ftruncate(int32_t fd, int64_t length) {
    return negated(ftruncate(fd, length));
}

int32_t aion_fsync(int32_t fd) {
    return negated(fsync(fd));
}

int32_t aion_fdatasync(int32_t fd) {
    return negated(fdatasync(fd));
}

int32_t aion_fiemap(int32_t fd, int64_t start, int64_t length, int32_t flags,
                    int32_t extent_count, int64_t buffer) {
    struct fiemap count_only;
    struct fiemap *map = buffer == 0 ? &count_only : aion_pointer(buffer);
    if (extent_count < 0) {
        return -EINVAL;
    }
    if (extent_count > 0 && buffer == 0) {
        return -EFAULT;
    }
    memset(map, 0, sizeof *map);
    map->fm_start = (uint64_t)start;
    map->fm_length = (uint64_t)length;
    map->fm_flags = (uint32_t)flags;
    map->fm_extent_count = (uint32_t)extent_count;
    if (ioctl(fd, FS_IOC_FIEMAP, map) < 0) {
        return -errno;
    }
    return (int32_t)map->fm_mapped_extents;
}

int32_t aion_ficlone(int32_t fd, int32_t source_fd) {
    return negated(ioctl(fd, FICLONE, (long)source_fd));
}

// By its number: old C libraries, and musl, have no function for it.
int32_t aion_rename_new(const char *path, const char *new_path) {
    long result = syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, new_path, RENAME_NOREPLACE);
    return negated((int)result);
}

int32_t aion_fcntl_get_flags(int32_t fd) {
    return negated(fcntl(fd, F_GETFL));
}

int32_t aion_fcntl_set_flags(int32_t fd, int32_t flags) {
    return negated(fcntl(fd, F_SETFL, flags));
}

// Of the open file description: a lock of the process would go with any other descriptor's close.
int32_t aion_lock(int32_t fd, int32_t exclusive, int64_t start, int64_t length, int32_t wait) {
    struct flock lock = {
        .l_type = exclusive != 0 ? F_WRLCK : F_UNLCK,
        .l_whence = SEEK_SET,
        .l_start = start,
        .l_len = length,
    };
    return negated(fcntl(fd, wait != 0 ? F_OFD_SETLKW : F_OFD_SETLK, &lock));
}

int64_t aion_lseek(int32_t fd, int64_t offset, int32_t whence) {
    int64_t position = lseek(fd, offset, whence);
    return position < 0 ? -errno : position;
}

int64_t aion_pread(int32_t fd, int64_t address, int64_t length, int64_t position) {
    int64_t done = pread(fd, aion_pointer(address), (size_t)length, position);
    return done < 0 ? -errno : done;
}

int64_t aion_pwrite(int32_t fd, int64_t address, int64_t length, int64_t position) {
    int64_t done = pwrite(fd, aion_pointer(address), (size_t)length, position);
    return done < 0 ? -errno : done;
}
