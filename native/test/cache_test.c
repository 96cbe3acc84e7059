// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGES 5000
#define OVERLAYFS_MAGIC 0x794c7630
#define TMPFS_MAGIC 0x01021994

static int64_t page;

static bool is_on(int fd, long type) {
    struct statfs status;
    EQUAL(fstatfs(fd, &status), 0);
    return (long)status.f_type == type;
}

static void both_are(int fd, int64_t offset, int64_t length, int64_t pages) {
    EQUAL(aion_mincore(fd, offset, length), pages);
    int64_t counted = aion_cachestat(fd, offset, length);
    // An overlay has no pages of its own.
    if (counted != -ENOSYS && counted != -EPERM && !is_on(fd, OVERLAYFS_MAGIC)) {
        EQUAL(counted, pages);
    }
}

static void what_was_written_is_cached_until_it_is_dropped(void) {
    page = aion_page_size();
    int fd = make_file((size_t)(PAGES * page), 0);
    both_are(fd, 0, PAGES * page, PAGES);
    both_are(fd, 0, 1, 1);
    both_are(fd, page - 1, 2, 2);
    both_are(fd, page, page, 1);
    both_are(fd, 4096 * page - 1, 2, 2);
    both_are(fd, PAGES * page, (int64_t)1 << 30, 0);
    EQUAL(aion_fsync(fd), 0);
    if (is_on(fd, TMPFS_MAGIC)) {
        printf("     a tmpfs drops nothing\n");
    } else {
        EQUAL(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED), 0);
        both_are(fd, 0, PAGES * page, 0);
        // Looking has not brought anything back.
        both_are(fd, 0, PAGES * page, 0);
        char bytes[1] = {1};
        EQUAL(pwrite(fd, bytes, 1, 4500 * page), 1);
        int64_t found = aion_mincore(fd, 0, PAGES * page);
        TRUE(found >= 1 && found < PAGES);
        both_are(fd, 4500 * page, page, 1);
        both_are(fd, 0, page, 0);
    }
    EQUAL(aion_close(fd), 0);
}

static void who_may_not_read_is_told_so(void) {
    int fd = make_file(1, 0);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int writer = open(path, O_WRONLY | O_CLOEXEC);
    TRUE(writer >= 0);
    EQUAL(aion_mincore(writer, 0, 1), -EACCES);
    EQUAL(aion_close(writer), 0);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_mincore(fd, 0, 1), -EBADF);
    int64_t counted = aion_cachestat(fd, 0, 1);
    TRUE(counted == -EBADF || counted == -ENOSYS || counted == -EPERM);
}

static void ranges_that_make_no_sense_are_refused(void) {
    int fd = make_file(1, 0);
    for (int i = 0; i < 2; i++) {
        int64_t (*ask)(int32_t, int64_t, int64_t) = i == 0 ? aion_mincore : aion_cachestat;
        EQUAL(ask(fd, -1, 1), -EINVAL);
        EQUAL(ask(fd, 0, 0), -EINVAL);
        EQUAL(ask(fd, 0, -1), -EINVAL);
    }
    EQUAL(aion_mincore(fd, 1, INT64_MAX), -EINVAL);
    EQUAL(aion_close(fd), 0);
}

// A file that is neither his nor his to write.
static void a_stranger_is_not_told_that_all_is_there(void) {
    if (getuid() != 0) {
        printf("     needs root\n");
        return;
    }
    int fd = make_file((size_t)page, 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        // Since Linux 5.2 mincore, and since 6.14 cachestat, are for owners and writers.
        bool left = setuid(65534) == 0;
        int64_t seen = aion_mincore(fd, 0, page);
        int64_t counted = aion_cachestat(fd, 0, page);
        bool honest = (seen == -EPERM || seen == 1) && (counted < 0 || counted == 1 || counted == 0);
        exit(left && honest ? 0 : 1);
    }
    int status = 1;
    EQUAL(waitpid(child, &status, 0), child);
    EQUAL(status, 0);
    EQUAL(aion_close(fd), 0);
}

void cache_tests(void) {
    RUN(what_was_written_is_cached_until_it_is_dropped);
    RUN(who_may_not_read_is_told_so);
    RUN(ranges_that_make_no_sense_are_refused);
    RUN(a_stranger_is_not_told_that_all_is_there);
}
