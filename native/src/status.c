// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "aion.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#define WANT_BASIC_STATS 0x7ffu
#define WANT_DIOALIGN 0x2000u
// As linux/stat.h has it: a server is not asked for what has changed since.
#define DONT_SYNC 0x4000

// The kernel's struct statx, declared here because libcs and headers of 2022 and before lack the
// alignment fields (or statx itself), and the library is to be built there too.
struct statx_answer {
    uint32_t mask;
    uint32_t block_size;
    uint64_t attributes;
    uint32_t hard_links;
    uint32_t user;
    uint32_t group;
    uint16_t mode;
    uint16_t unused;
    uint64_t inode;
    uint64_t size;
    uint64_t blocks;
    uint64_t attributes_mask;
    struct {
        int64_t seconds;
        uint32_t nanos;
        int32_t unused;
    } accessed, born, changed, modified;
    uint32_t special_major;
    uint32_t special_minor;
    uint32_t device_major;
    uint32_t device_minor;
    uint64_t mount;
    uint32_t dio_mem_align;
    uint32_t dio_offset_align;
    uint64_t room_for_newer_kernels[12];
};

_Static_assert(offsetof(struct statx_answer, blocks) == 48, "statx(2)");
_Static_assert(offsetof(struct statx_answer, changed) == 96, "statx(2)");
_Static_assert(offsetof(struct statx_answer, modified) == 112, "statx(2)");
_Static_assert(offsetof(struct statx_answer, special_major) == 128, "statx(2)");
_Static_assert(offsetof(struct statx_answer, dio_mem_align) == 152, "statx(2)");
_Static_assert(sizeof(struct statx_answer) == 256, "statx(2)");

static int32_t status_by_statx(int32_t fd, int flags, struct aion_file_status *status) {
    struct statx_answer answer = {0};
    if (syscall(SYS_statx, fd, "", AT_EMPTY_PATH | flags, WANT_BASIC_STATS | WANT_DIOALIGN,
                &answer) < 0) {
        return -errno;
    }
    int aligns = (answer.mask & WANT_DIOALIGN) != 0;
    *status = (struct aion_file_status){
        .mode = answer.mode,
        .size = (int64_t)answer.size,
        .inode = (int64_t)answer.inode,
        .device_major = answer.device_major,
        .device_minor = answer.device_minor,
        .block_size = answer.block_size,
        .mtime_seconds = answer.modified.seconds,
        .mtime_nanos = answer.modified.nanos,
        .dio_mem_align = aligns ? answer.dio_mem_align : 0,
        .dio_offset_align = aligns ? answer.dio_offset_align : 0,
        .hard_links = answer.hard_links,
        .blocks = (int64_t)answer.blocks,
        .ctime_seconds = answer.changed.seconds,
        .ctime_nanos = answer.changed.nanos,
        .special_major = answer.special_major,
        .special_minor = answer.special_minor,
    };
    return 0;
}

int32_t aion_status_by_statx(int32_t fd, struct aion_file_status *status) {
    return status_by_statx(fd, 0, status);
}

// By number, because fstat became a symbol of its own in glibc 2.33 and would tie a library built
// there to it.
int32_t aion_status_by_fstat(int32_t fd, struct aion_file_status *status) {
    struct stat answer;
    if (syscall(SYS_fstat, fd, &answer) < 0) {
        return -errno;
    }
    *status = (struct aion_file_status){
        .mode = answer.st_mode,
        .size = answer.st_size,
        .inode = (int64_t)answer.st_ino,
        .device_major = major(answer.st_dev),
        .device_minor = minor(answer.st_dev),
        .block_size = answer.st_blksize,
        .mtime_seconds = answer.st_mtim.tv_sec,
        .mtime_nanos = answer.st_mtim.tv_nsec,
        .hard_links = (int64_t)answer.st_nlink,
        .blocks = answer.st_blocks,
        .ctime_seconds = answer.st_ctim.tv_sec,
        .ctime_nanos = answer.st_ctim.tv_nsec,
        .special_major = major(answer.st_rdev),
        .special_minor = minor(answer.st_rdev),
    };
    return 0;
}

int32_t aion_statx(int32_t fd, int64_t buffer) {
    struct aion_file_status status;
    int32_t result = aion_status_by_statx(fd, &status);
    // Seccomp profiles from before statx answer EPERM, which statx of a descriptor never does.
    if (result == -ENOSYS || result == -EPERM) {
        result = aion_status_by_fstat(fd, &status);
    }
    if (result < 0) {
        return result;
    }
    struct statfs file_system;
    if (fstatfs(fd, &file_system) < 0) {
        return -errno;
    }
    status.fs_type = file_system.f_type;
    status.fs_block_size = file_system.f_bsize;
    *(struct aion_file_status *)aion_pointer(buffer) = status;
    return 0;
}

int32_t aion_status_at(int32_t directory, const char *path, int32_t flags, int32_t resolve,
                       int64_t buffer) {
    int32_t fd = aion_openat2(directory, path, flags, 0, resolve);
    if (fd < 0) {
        return fd;
    }
    struct aion_file_status status;
    int32_t result = status_by_statx(fd, DONT_SYNC, &status);
    if (result == 0) {
        *(struct aion_file_status *)aion_pointer(buffer) = status;
        // With its last descriptor the file itself may go, and that takes as long as it takes.
        if (status.hard_links == 0) {
            return fd + 1;
        }
    }
    aion_close(fd);
    return result;
}
