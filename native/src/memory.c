// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "aion.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE_PAGE ((uintptr_t)2 * 1024 * 1024)

// mmap aligns to small pages only: so map a huge page more than asked for, and give back what lies
// before the first boundary and behind the end.
int64_t aion_mmap_slab(int64_t length) {
    uintptr_t page = (uintptr_t)aion_page_size();
    if (length <= 0) {
        return -EINVAL;
    }
    if (length > INT64_MAX - (int64_t)(HUGE_PAGE + page)) {
        return -ENOMEM;
    }
    uintptr_t rounded = ((uintptr_t)length + page - 1) & ~(page - 1);
    char *mapped = mmap(NULL, rounded + HUGE_PAGE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) {
        return -errno;
    }
    uintptr_t before = -(uintptr_t)mapped & (HUGE_PAGE - 1);
    uintptr_t behind = HUGE_PAGE - before;
    if (before > 0) {
        munmap(mapped, before);
    }
    munmap(mapped + before + rounded, behind);
    // Before the first touch: a page that was touched small stays small. A kernel without
    // transparent huge pages says EINVAL, and the slab serves all the same.
    (void)madvise(mapped + before, rounded, MADV_HUGEPAGE);
    return aion_address(mapped + before);
}

int32_t aion_munmap(int64_t address, int64_t length) {
    return munmap(aion_pointer(address), (size_t)length) < 0 ? -errno : 0;
}

int32_t aion_page_size(void) {
    return (int32_t)sysconf(_SC_PAGESIZE);
}
