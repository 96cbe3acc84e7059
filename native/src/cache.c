// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// What the page cache holds of a file, told without reading any of it.

#include "aion.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_cachestat
_Static_assert(SYS_cachestat == AION_SYS_CACHESTAT, "as this machine's headers have it");
#endif

// The kernel's struct cachestat_range and struct cachestat, which headers from before Linux 6.5
// lack.
struct range {
    uint64_t offset;
    uint64_t length;
};
struct counts {
    uint64_t cached;
    uint64_t dirty;
    uint64_t written_back;
    uint64_t evicted;
    uint64_t recently_evicted;
};

int64_t aion_cachestat(int32_t fd, int64_t offset, int64_t length) {
    struct range range = {.offset = (uint64_t)offset, .length = (uint64_t)length};
    struct counts counts = {0};
    if (offset < 0 || length <= 0) {
        return -EINVAL;
    }
    long result = syscall(AION_SYS_CACHESTAT, fd, &range, &counts, 0);
    return result < 0 ? -errno : (int64_t)counts.cached;
}

// So many pages are looked at by one call, whose answer has a byte for each.
#define PIECE 4096

// Counts the pages from this offset that are in memory.
static int64_t count(int32_t fd, int64_t offset, size_t pages) {
    size_t bytes = pages * (size_t)aion_page_size();
    unsigned char present[PIECE];
    void *mapped = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, offset);
    if (mapped == MAP_FAILED) {
        return -errno;
    }
    int64_t found = 0;
    if (mincore(mapped, bytes, present) < 0) {
        found = -errno;
    }
    for (size_t i = 0; i < pages && found >= 0; i++) {
        found += present[i] & 1;
    }
    munmap(mapped, bytes);
    return found;
}

// No file has a page there; but who may not know is told that all of them are in memory.
#define WITNESS ((int64_t)1 << 62)

int64_t aion_mincore(int32_t fd, int64_t offset, int64_t length) {
    int64_t page = aion_page_size();
    if (offset < 0 || length <= 0 || length > WITNESS - offset) {
        return -EINVAL;
    }
    int64_t witness = count(fd, WITNESS, 1);
    if (witness != 0) {
        return witness < 0 ? witness : -EPERM;
    }
    int64_t end = offset + length;
    int64_t total = 0;
    for (int64_t at = offset & -page; at < end; at += PIECE * page) {
        int64_t pages = (end - at + page - 1) / page;
        int64_t found = count(fd, at, (size_t)(pages < PIECE ? pages : PIECE));
        if (found < 0) {
            return found;
        }
        total += found;
    }
    return total;
}
