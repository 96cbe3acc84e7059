// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MIB ((int64_t)1024 * 1024)

static bool huge_pages_by_advice(void) {
    char modes[64] = "";
    FILE *file = fopen("/sys/kernel/mm/transparent_hugepage/enabled", "re");
    if (file == NULL) {
        return false;
    }
    bool known = fgets(modes, sizeof modes, file) != NULL;
    fclose(file);
    return known && strstr(modes, "[never]") == NULL;
}

// KiB of huge pages in the mapping that starts at, or was merged around, the address.
static long huge_kib(int64_t address) {
    char line[512];
    long huge = -1;
    bool inside = false;
    FILE *file = fopen("/proc/self/smaps", "re");
    TRUE(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        unsigned long from, to;
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2) {
            inside = from <= (uint64_t)address && (uint64_t)address < to;
        } else if (inside && sscanf(line, "AnonHugePages: %ld kB", &huge) == 1) {
            break;
        }
    }
    fclose(file);
    return huge;
}

static void slabs_are_aligned_and_zeroed_to_the_last_byte(void) {
    int64_t lengths[] = {1, 4096, 4097, 2 * MIB, 2 * MIB + 1, 7 * MIB};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        int64_t slab = aion_mmap_slab(lengths[i]);
        TRUE(slab > 0);
        EQUAL(slab % (2 * MIB), 0);
        char *bytes = aion_pointer(slab);
        EQUAL(bytes[0], 0);
        EQUAL(bytes[lengths[i] - 1], 0);
        bytes[lengths[i] - 1] = 1;
        EQUAL(aion_munmap(slab, lengths[i]), 0);
    }
}

// Pages mapped into this process, read without a byte of heap that could change them.
static long mapped_pages(void) {
    char text[128] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    TRUE(fd >= 0);
    TRUE(read(fd, text, sizeof text - 1) > 0);
    close(fd);
    return atol(text);
}

static void slabs_take_no_more_than_asked_for_and_give_all_back(void) {
    long before = mapped_pages();
    int64_t slab = aion_mmap_slab(3 * MIB + 1);
    TRUE(slab > 0);
    EQUAL((mapped_pages() - before) * sysconf(_SC_PAGESIZE), 3 * MIB + sysconf(_SC_PAGESIZE));
    EQUAL(aion_munmap(slab, 3 * MIB + 1), 0);
    EQUAL(mapped_pages() - before, 0);
}

static void touched_slabs_are_huge_pages(void) {
    int64_t slab = aion_mmap_slab(8 * MIB);
    TRUE(slab > 0);
    touch(slab, 8 * MIB);
    long huge = huge_kib(slab);
    printf("     %ld KiB of 8192 are huge pages\n", huge);
    if (huge_pages_by_advice()) {
        TRUE(huge > 0);
    }
    EQUAL(aion_munmap(slab, 8 * MIB), 0);
}

static void absurd_lengths_are_refused(void) {
    EQUAL(aion_mmap_slab(0), -EINVAL);
    EQUAL(aion_mmap_slab(-1), -EINVAL);
    EQUAL(aion_mmap_slab(INT64_MAX), -ENOMEM);
    EQUAL(aion_mmap_slab(INT64_MAX - 4 * MIB), -ENOMEM);
    EQUAL(aion_munmap(1, 4096), -EINVAL);
}

static void a_page_is_what_the_system_says(void) {
    EQUAL(aion_page_size(), sysconf(_SC_PAGESIZE));
}

void memory_tests(void) {
    RUN(slabs_are_aligned_and_zeroed_to_the_last_byte);
    RUN(slabs_take_no_more_than_asked_for_and_give_all_back);
    RUN(touched_slabs_are_huge_pages);
    RUN(absurd_lengths_are_refused);
    RUN(a_page_is_what_the_system_says);
}
