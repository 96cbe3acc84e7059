// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

// Its times differ, so that no field can pass for another; synced, so that its blocks stay.
static int make_aged_file(size_t size) {
    int fd = make_file(size, 0);
    const struct timespec times[] = {{.tv_sec = 1000000000, .tv_nsec = 123456789},
                                     {.tv_sec = 1111111111, .tv_nsec = 987654321}};
    EQUAL(futimens(fd, times), 0);
    EQUAL(aion_fsync(fd), 0);
    return fd;
}

static void status_agrees_with_fstat_and_fstatfs(void) {
    int fd = make_aged_file(12345);
    struct aion_file_status status;
    struct stat expected;
    struct statfs file_system;
    EQUAL(aion_statx(fd, aion_address(&status)), 0);
    EQUAL(fstat(fd, &expected), 0);
    EQUAL(fstatfs(fd, &file_system), 0);
    EQUAL(status.mode, expected.st_mode);
    EQUAL(status.size, 12345);
    EQUAL(status.inode, expected.st_ino);
    EQUAL(status.device_major, major(expected.st_dev));
    EQUAL(status.device_minor, minor(expected.st_dev));
    EQUAL(status.block_size, expected.st_blksize);
    EQUAL(status.mtime_seconds, expected.st_mtim.tv_sec);
    EQUAL(status.mtime_nanos, expected.st_mtim.tv_nsec);
    EQUAL(status.hard_links, 0);
    EQUAL(status.blocks, expected.st_blocks);
    TRUE(status.blocks > 0);
    EQUAL(status.ctime_seconds, expected.st_ctim.tv_sec);
    EQUAL(status.ctime_nanos, expected.st_ctim.tv_nsec);
    TRUE(status.ctime_seconds > status.mtime_seconds);
    EQUAL(status.special_major, 0);
    EQUAL(status.special_minor, 0);
    EQUAL(status.fs_type, file_system.f_type);
    EQUAL(status.fs_block_size, file_system.f_bsize);
    printf("     dio_mem_align %lld, dio_offset_align %lld\n", (long long)status.dio_mem_align,
           (long long)status.dio_offset_align);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_statx(fd, aion_address(&status)), -EBADF);
}

static void status_of_a_device_has_its_number(void) {
    int fd = open("/dev/null", O_RDONLY);
    TRUE(fd >= 0);
    struct aion_file_status status, by_fstat;
    struct stat expected;
    EQUAL(aion_statx(fd, aion_address(&status)), 0);
    EQUAL(aion_status_by_fstat(fd, &by_fstat), 0);
    EQUAL(fstat(fd, &expected), 0);
    // Neither 0 nor alike: "null" is 1:3 on every Linux.
    EQUAL(expected.st_rdev, makedev(1, 3));
    EQUAL(status.special_major, 1);
    EQUAL(status.special_minor, 3);
    EQUAL(by_fstat.special_major, 1);
    EQUAL(by_fstat.special_minor, 3);
    EQUAL(aion_close(fd), 0);
}

static void status_without_statx_differs_in_the_alignment_alone(void) {
    int fd = make_aged_file(1);
    struct aion_file_status by_statx, by_fstat;
    EQUAL(aion_status_by_statx(fd, &by_statx), 0);
    EQUAL(aion_status_by_fstat(fd, &by_fstat), 0);
    EQUAL(by_fstat.dio_mem_align, 0);
    EQUAL(by_fstat.dio_offset_align, 0);
    by_statx.dio_mem_align = 0;
    by_statx.dio_offset_align = 0;
    EQUAL(memcmp(&by_statx, &by_fstat, sizeof by_statx), 0);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_status_by_fstat(fd, &by_fstat), -EBADF);
}

static void space_and_size_follow_fallocate_and_ftruncate(void) {
    int fd = make_file(0, 0);
    struct stat status;
    int result = aion_fallocate(fd, 0, 0, 65536);
    if (result == -EOPNOTSUPP) {
        printf("     this file system has no fallocate\n");
    } else {
        EQUAL(result, 0);
        EQUAL(fstat(fd, &status), 0);
        EQUAL(status.st_size, 65536);
        TRUE(status.st_blocks >= 128);
    }
    EQUAL(aion_fallocate(fd, 0, 0, 0), -EINVAL);
    EQUAL(aion_ftruncate(fd, 100), 0);
    EQUAL(fstat(fd, &status), 0);
    EQUAL(status.st_size, 100);
    EQUAL(aion_ftruncate(fd, -1), -EINVAL);
    EQUAL(aion_fsync(fd), 0);
    EQUAL(aion_fdatasync(fd), 0);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_close(fd), -EBADF);
    EQUAL(aion_fsync(fd), -EBADF);
}

static void locks_exclude_other_descriptions(void) {
    int64_t far = (int64_t)1 << 62;
    int fd = make_file(10, 0);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int other = aion_open(path, O_RDWR, 0);
    TRUE(other >= 0);
    EQUAL(aion_lock(fd, 1, far, 1, 0), 0);
    EQUAL(aion_lock(fd, 1, far, 100, 0), 0);
    EQUAL(aion_lock(other, 1, far + 7, 1, 0), -EAGAIN);
    EQUAL(aion_lock(other, 1, far + 100, 1, 0), 0);
    EQUAL(aion_lock(fd, 1, far, 101, 0), -EAGAIN);
    EQUAL(aion_lock(fd, 0, far, 100, 0), 0);
    EQUAL(aion_lock(other, 1, far, 100, 1), 0);
    EQUAL(aion_close(other), 0);
    EQUAL(aion_lock(fd, 1, far, 101, 0), 0);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_lock(fd, 1, 0, 1, 0), -EBADF);
}

static void reads_and_writes_go_to_their_positions(void) {
    int fd = make_file(1000, 0);
    char bytes[8] = {0};
    EQUAL(aion_pread(fd, aion_address(bytes), 8, 500), 8);
    EQUAL(bytes[0], expected_byte(500));
    EQUAL(aion_pread(fd, aion_address(bytes), 8, 996), 4);
    EQUAL(aion_pread(fd, aion_address(bytes), 8, 1000), 0);
    EQUAL(aion_pread(fd, aion_address(bytes), 8, -1), -EINVAL);
    EQUAL(aion_pwrite(fd, aion_address("abcd"), 4, 2000), 4);
    EQUAL(aion_lseek(fd, 0, SEEK_END), 2004);
    EQUAL(aion_lseek(fd, 5000, SEEK_DATA), -ENXIO);
    EQUAL(aion_close(fd), 0);
}

static void extents_are_counted_and_listed(void) {
    int fd = make_file(100000, 0);
    EQUAL(aion_fsync(fd), 0);
    int count = aion_fiemap(fd, 0, 100000, 0, 0, 0);
    char *room = make_buffer(sizeof(struct fiemap) + 4 * sizeof(struct fiemap_extent));
    struct fiemap *map = (struct fiemap *)room;
    if (count == -EOPNOTSUPP) {
        printf("     this file system has no FIEMAP\n");
    } else {
        TRUE(count >= 1);
        EQUAL(aion_fiemap(fd, 0, 100000, FIEMAP_FLAG_SYNC, 4, aion_address(room)),
              count < 4 ? count : 4);
        EQUAL(map->fm_extents[0].fe_logical, 0);
        EQUAL(map->fm_mapped_extents, count < 4 ? count : 4);
    }
    EQUAL(aion_fiemap(fd, 0, 1, 0, 1, 0), -EFAULT);
    EQUAL(aion_fiemap(fd, 0, 1, 0, -1, aion_address(room)), -EINVAL);
    free(room);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_fiemap(fd, 0, 1, 0, 0, 0), -EBADF);
}

static void a_clone_has_the_bytes_or_says_why_not(void) {
    int source = make_file(100000, 0);
    int copy = make_file(0, 0);
    int result = aion_ficlone(copy, source);
    if (result == 0) {
        char bytes[8] = {0};
        EQUAL(aion_lseek(copy, 0, SEEK_END), 100000);
        EQUAL(aion_pread(copy, aion_address(bytes), 8, 50000), 8);
        EQUAL(bytes[0], expected_byte(50000));
    } else {
        printf("     this file system shares no extents\n");
        TRUE(result == -EOPNOTSUPP || result == -ENOTTY || result == -EINVAL);
        EQUAL(aion_lseek(copy, 0, SEEK_END), 0);
    }
    EQUAL(aion_ficlone(copy, -1), -EBADF);
    EQUAL(aion_close(source), 0);
    EQUAL(aion_close(copy), 0);
    EQUAL(aion_ficlone(copy, source), -EBADF);
}

static void a_rename_replaces_nothing(void) {
    char from[4096];
    char to[4096];
    snprintf(from, sizeof from, "%s/aion-test-from", test_directory);
    snprintf(to, sizeof to, "%s/aion-test-to", test_directory);
    EQUAL(aion_rename_new(from, to), -ENOENT);
    EQUAL(aion_close(aion_open(from, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)), 0);
    EQUAL(aion_close(aion_open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)), 0);
    int result = aion_rename_new(from, to);
    if (result == -EINVAL || result == -ENOSYS) {
        printf("     no rename here that replaces nothing\n");
        EQUAL(unlink(from), 0);
    } else {
        EQUAL(result, -EEXIST);
        EQUAL(unlink(to), 0);
        EQUAL(aion_rename_new(from, to), 0);
        EQUAL(access(from, F_OK), -1);
    }
    EQUAL(unlink(to), 0);
}

static int path_of(int directory, const char *name) {
    return aion_openat2(directory, name, O_PATH | O_CLOEXEC, 0, RESOLVE_BENEATH);
}

static void names_beneath_a_directory_do_not_lead_out_of_it(void) {
    char root[4096];
    snprintf(root, sizeof root, "%s/aion-test-beneath-XXXXXX", test_directory);
    TRUE(mkdtemp(root) != NULL);
    int directory = aion_open(root, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    TRUE(directory >= 0);
    int fd = aion_openat2(directory, "file", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640,
                          RESOLVE_BENEATH);
    if (fd == -ENOSYS || fd == -EPERM) {
        printf("     no openat2 here\n");
    } else {
        TRUE(fd >= 0);
        struct stat status;
        EQUAL(fstat(fd, &status), 0);
        EQUAL(status.st_mode & 0777 & ~0640, 0);
        EQUAL(aion_close(fd), 0);
        EQUAL(mkdirat(directory, "sub", 0700), 0);
        EQUAL(symlinkat("../file", directory, "sub/inside"), 0);
        EQUAL(symlinkat("../../file", directory, "sub/outside"), 0);
        EQUAL(symlinkat("/", directory, "absolute"), 0);
        EQUAL(aion_close(path_of(directory, "sub/inside")), 0);
        EQUAL(aion_close(path_of(directory, ".")), 0);
        EQUAL(path_of(directory, ".."), -EXDEV);
        EQUAL(path_of(directory, "sub/outside"), -EXDEV);
        EQUAL(path_of(directory, "absolute"), -EXDEV);
        EQUAL(path_of(directory, "/"), -EXDEV);
        EQUAL(path_of(directory, "missing"), -ENOENT);
        EQUAL(path_of(directory, ""), -ENOENT);
        EQUAL(aion_openat2(directory, "file", O_RDONLY, 0600, 0), -EINVAL);
        EQUAL(path_of(-1, "file"), -EBADF);
        EQUAL(unlinkat(directory, "sub/inside", 0), 0);
        EQUAL(unlinkat(directory, "sub/outside", 0), 0);
        EQUAL(unlinkat(directory, "absolute", 0), 0);
        EQUAL(unlinkat(directory, "sub", AT_REMOVEDIR), 0);
        EQUAL(unlinkat(directory, "file", 0), 0);
    }
    EQUAL(aion_close(directory), 0);
    EQUAL(rmdir(root), 0);
}

static void the_status_of_a_name_is_that_of_its_file(void) {
    int fd = make_aged_file(777);
    struct aion_file_status expected, status;
    EQUAL(aion_statx(fd, aion_address(&expected)), 0);
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    memset(&status, 1, sizeof status);
    // It has no name any more: the descriptor is left to us.
    int result = aion_status_at(AT_FDCWD, name, O_PATH | O_CLOEXEC, 0, aion_address(&status));
    if (result == -ENOSYS || result == -EPERM) {
        printf("     no openat2 here\n");
    } else {
        TRUE(result > 0);
        EQUAL(aion_close(result - 1), 0);
        expected.fs_type = 0;
        expected.fs_block_size = 0;
        EQUAL(memcmp(&status, &expected, sizeof status), 0);
        EQUAL(aion_status_at(AT_FDCWD, "/dev/null", O_PATH | O_CLOEXEC, 0, aion_address(&status)),
              0);
        EQUAL(status.special_major, 1);
        int next = dup(fd);
        EQUAL(aion_close(next), 0);
        EQUAL(next, result - 1);
        EQUAL(aion_status_at(AT_FDCWD, "/dev/none", O_PATH, 0, aion_address(&status)), -ENOENT);
        EQUAL(status.special_major, 1);
        // Of what has just been looked up the kernel knows without a disk, or knows no such flag.
        result = aion_status_at(AT_FDCWD, "/dev/null", O_PATH, RESOLVE_CACHED, aion_address(&status));
        TRUE(result == 0 || result == -EINVAL || result == -EAGAIN);
    }
    EQUAL(aion_close(fd), 0);
}

static void flags_are_read_and_set(void) {
    int fd = make_file(0, 0);
    EQUAL(aion_fcntl_get_flags(fd) & O_ACCMODE, O_RDWR);
    EQUAL(aion_fcntl_set_flags(fd, O_NONBLOCK), 0);
    EQUAL(aion_fcntl_get_flags(fd) & O_NONBLOCK, O_NONBLOCK);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_fcntl_get_flags(fd), -EBADF);
}

static void open_says_what_is_wrong(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/aion-test-no-such-file", test_directory);
    EQUAL(aion_open(path, O_RDONLY | O_CLOEXEC, 0), -ENOENT);
    EQUAL(aion_open(test_directory, O_RDWR | O_CLOEXEC, 0), -EISDIR);
    int fd = aion_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    TRUE(fd >= 0);
    EQUAL(aion_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), -EEXIST);
    EQUAL(unlink(path), 0);
    EQUAL(aion_close(fd), 0);
}

void file_tests(void) {
    RUN(status_agrees_with_fstat_and_fstatfs);
    RUN(status_of_a_device_has_its_number);
    RUN(status_without_statx_differs_in_the_alignment_alone);
    RUN(space_and_size_follow_fallocate_and_ftruncate);
    RUN(locks_exclude_other_descriptions);
    RUN(reads_and_writes_go_to_their_positions);
    RUN(extents_are_counted_and_listed);
    RUN(a_clone_has_the_bytes_or_says_why_not);
    RUN(a_rename_replaces_nothing);
    RUN(names_beneath_a_directory_do_not_lead_out_of_it);
    RUN(the_status_of_a_name_is_that_of_its_file);
    RUN(flags_are_read_and_set);
    RUN(open_says_what_is_wrong);
}
