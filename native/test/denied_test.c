// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// Calls that the system does not allow, as in a container with a strict seccomp profile.

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int fd;
static struct aion_file_status before;

static int deny(unsigned call, unsigned error) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = 4, .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// Whether it is so in a process that may not make that call; a filter is for life.
static bool where_denied(unsigned call, unsigned error, bool (*is_so)(void)) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        exit(deny(call, error) && is_so() ? 0 : 1);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool status_lacks_the_alignment_alone(void) {
    struct aion_file_status status = {0};
    int32_t result = aion_statx(fd, aion_address(&status));
    before.dio_mem_align = 0;
    before.dio_offset_align = 0;
    return result == 0 && memcmp(&status, &before, sizeof status) == 0;
}

static bool there_is_no_status(void) {
    struct aion_file_status status = before;
    return aion_statx(fd, aion_address(&status)) == -EACCES &&
           memcmp(&status, &before, sizeof status) == 0;
}

static void status_falls_back_where_statx_is_not_allowed_or_not_there(void) {
    fd = make_file(12345, 0);
    EQUAL(aion_fsync(fd), 0);
    EQUAL(aion_statx(fd, aion_address(&before)), 0);
    TRUE(where_denied(SYS_statx, EPERM, status_lacks_the_alignment_alone));
    TRUE(where_denied(SYS_statx, ENOSYS, status_lacks_the_alignment_alone));
    TRUE(where_denied(SYS_statx, EACCES, there_is_no_status));
    TRUE(where_denied(SYS_fstatfs, EACCES, there_is_no_status));
    EQUAL(aion_close(fd), 0);
}

static bool there_is_no_context(void) {
    return aion_io_setup(1) == -EPERM;
}

static bool there_is_no_eventfd(void) {
    return aion_eventfd(0, EFD_CLOEXEC) == -EPERM;
}

static bool switches_are_not_counted(void) {
    return aion_voluntary_switches() == -EPERM;
}

static bool there_is_no_openat2(void) {
    struct aion_file_status status = before;
    return aion_openat2(AT_FDCWD, "/", O_PATH, 0, RESOLVE_BENEATH) == -ENOSYS &&
           aion_status_at(AT_FDCWD, "/", O_PATH, 0, aion_address(&status)) == -ENOSYS &&
           memcmp(&status, &before, sizeof status) == 0;
}

static bool there_is_no_cachestat(void) {
    return aion_cachestat(fd, 0, 1) == -ENOSYS && aion_mincore(fd, 0, 1) == 1;
}

static bool there_is_no_mincore(void) {
    return aion_mincore(fd, 0, 1) == -EPERM;
}

// What was opened for it is closed again.
static bool there_is_no_status_of_a_name(void) {
    struct aion_file_status status = before;
    int32_t next = dup(0);
    close(next);
    bool refused = aion_status_at(AT_FDCWD, "/", O_PATH, 0, aion_address(&status)) == -EACCES &&
                   memcmp(&status, &before, sizeof status) == 0;
    return refused && dup(0) == next;
}

static void what_is_denied_is_said(void) {
    TRUE(where_denied(AION_SYS_OPENAT2, ENOSYS, there_is_no_openat2));
    TRUE(where_denied(SYS_statx, EACCES, there_is_no_status_of_a_name));
    fd = make_file(1, 0);
    TRUE(where_denied(AION_SYS_CACHESTAT, ENOSYS, there_is_no_cachestat));
    TRUE(where_denied(SYS_mincore, EPERM, there_is_no_mincore));
    EQUAL(aion_close(fd), 0);
    TRUE(where_denied(SYS_io_setup, EPERM, there_is_no_context));
    TRUE(where_denied(SYS_eventfd2, EPERM, there_is_no_eventfd));
    TRUE(where_denied(SYS_getrusage, EPERM, switches_are_not_counted));
}

void denied_tests(void) {
    RUN(status_falls_back_where_statx_is_not_allowed_or_not_there);
    RUN(what_is_denied_is_said);
}
