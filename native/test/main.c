// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// aion-test [DIRECTORY]: tests the system call layer without a JVM, in DIRECTORY, $TMPDIR or /tmp.

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *test_directory;
bool direct_io;

static jmp_buf failed;
static int failures;
static int count;

void check_equal(const char *file, int line, const char *what, int64_t actual, int64_t expected) {
    if (actual == expected) {
        return;
    }
    printf("  %s:%d: %s is %lld", file, line, what, (long long)actual);
    if (actual < 0 && actual > -4096) {
        printf(" (%s)", strerror((int)-actual));
    }
    printf(", expected %lld\n", (long long)expected);
    longjmp(failed, 1);
}

void run_test(const char *name, void (*test)(void)) {
    count++;
    if (setjmp(failed) == 0) {
        test();
        printf("ok   %s\n", name);
    } else {
        failures++;
        printf("FAIL %s\n", name);
    }
}

char expected_byte(size_t position) {
    return (char)(position % 251);
}

char *make_buffer(size_t size) {
    char *buffer = NULL;
    if (posix_memalign((void **)&buffer, 4096, size) != 0) {
        abort();
    }
    memset(buffer, 0, size);
    return buffer;
}

void touch(int64_t address, int64_t length) {
    memset(aion_pointer(address), 1, (size_t)length);
}

int make_file(size_t size, int extra_flags) {
    char path[4096];
    snprintf(path, sizeof path, "%s/aion-test-XXXXXX", test_directory);
    int fd = mkstemp(path);
    TRUE(fd >= 0);
    char *content = make_buffer(size + 1);
    for (size_t i = 0; i < size; i++) {
        content[i] = expected_byte(i);
    }
    EQUAL(pwrite(fd, content, size, 0), size);
    free(content);
    if (extra_flags != 0) {
        int reopened = open(path, O_RDWR | O_CLOEXEC | extra_flags);
        int error = errno;
        close(fd);
        fd = reopened < 0 ? -error : reopened;
    }
    unlink(path);
    return fd;
}

static void direct_io_is_accepted_or_not(void) {
    int fd = make_file(4096, O_DIRECT);
    direct_io = fd >= 0;
    if (direct_io) {
        close(fd);
    } else {
        EQUAL(fd, -EINVAL);
    }
}

int main(int argc, char **argv) {
    test_directory = argc > 1 ? argv[1] : getenv("TMPDIR");
    if (test_directory == NULL || *test_directory == 0) {
        test_directory = "/tmp";
    }
    RUN(direct_io_is_accepted_or_not);
    printf("in %s, O_DIRECT %s\n", test_directory, direct_io ? "accepted" : "refused: not tested");
    aio_tests();
    file_tests();
    cache_tests();
    memory_tests();
    thread_tests();
    denied_tests();
    printf("%d tests, %d failed\n", count, failures);
    return failures != 0;
}
