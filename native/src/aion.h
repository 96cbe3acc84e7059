// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// The system calls of the library, free of JNI so that they can be tested without a JVM.
//
// Every function returns a value of zero or more, or a negated errno, and retries nothing: EINTR
// is for the caller to judge. Addresses are integers because Java passes them as such.

#ifndef AION_H
#define AION_H

#include <stddef.h>
#include <stdint.h>

#define AION_RING_MAGIC 0xa10a10a1u

// Younger than the headers of some systems that the library is built on; the number is the same on
// all machines, as of every call since Linux 5.1.
#define AION_SYS_OPENAT2 437
#define AION_SYS_CACHESTAT 451
#ifdef __has_include
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif
#endif
#ifndef RESOLVE_NO_XDEV
#define RESOLVE_NO_XDEV 0x01
#endif
#ifndef RESOLVE_BENEATH
#define RESOLVE_BENEATH 0x08
#endif
#ifndef RESOLVE_CACHED
#define RESOLVE_CACHED 0x20
#endif

// The kernel's completion ring, mapped at the address that is the context's id. The kernel exports
// no header for it; libaio and fio read the same fields.
struct aion_ring {
    uint32_t id;
    uint32_t nr;
    uint32_t head;
    uint32_t tail;
    uint32_t magic;
    uint32_t compat_features;
    uint32_t incompat_features;
    uint32_t header_length;
};

// What Java reads as FileStatus. 64 bits each, so that the layout needs no thought.
struct aion_file_status {
    int64_t mode;
    int64_t size;
    int64_t inode;
    int64_t device_major;
    int64_t device_minor;
    int64_t block_size;
    int64_t mtime_seconds;
    int64_t mtime_nanos;
    int64_t dio_mem_align;
    int64_t dio_offset_align;
    int64_t fs_type;
    int64_t fs_block_size;
    int64_t hard_links;
    int64_t blocks;
    int64_t ctime_seconds;
    int64_t ctime_nanos;
    int64_t special_major;
    int64_t special_minor;
};

// What Java reads as CallTime.
struct aion_call_time {
    int64_t threshold;
    int64_t nanos;
    int64_t switches;
};

int64_t aion_io_setup(int32_t nr_events);
int32_t aion_io_destroy(int64_t context);
int32_t aion_io_submit(int64_t context, int32_t nr, int64_t iocbpp);
int32_t aion_io_submit_timed(int64_t context, int32_t nr, int64_t iocbpp, int64_t time);
int32_t aion_io_getevents(int64_t context, int32_t min_nr, int32_t nr, int64_t events,
                          int64_t timeout_nanos);
int32_t aion_io_cancel(int64_t context, int64_t iocb, int64_t event);
int32_t aion_eventfd(int32_t initial_value, int32_t flags);

int32_t aion_open(const char *path, int32_t flags, int32_t mode);
int32_t aion_openat2(int32_t directory, const char *path, int32_t flags, int32_t mode,
                     int32_t resolve);
int32_t aion_close(int32_t fd);
int32_t aion_fallocate(int32_t fd, int32_t mode, int64_t offset, int64_t length);
int32_t aion_ftruncate(int32_t fd, int64_t length);
int32_t aion_fsync(int32_t fd);
int32_t aion_fdatasync(int32_t fd);
int32_t aion_fiemap(int32_t fd, int64_t start, int64_t length, int32_t flags,
                    int32_t extent_count, int64_t buffer);
int32_t aion_ficlone(int32_t fd, int32_t source_fd);
int32_t aion_rename_new(const char *path, const char *new_path);
int32_t aion_fcntl_get_flags(int32_t fd);
int32_t aion_fcntl_set_flags(int32_t fd, int32_t flags);
int32_t aion_lock(int32_t fd, int32_t exclusive, int64_t start, int64_t length, int32_t wait);
int64_t aion_lseek(int32_t fd, int64_t offset, int32_t whence);
int64_t aion_pread(int32_t fd, int64_t address, int64_t length, int64_t position);
int64_t aion_pwrite(int32_t fd, int64_t address, int64_t length, int64_t position);

int32_t aion_statx(int32_t fd, int64_t buffer);
// The two ways aion_statx has to ask; apart, so that a test can compare them.
int32_t aion_status_by_statx(int32_t fd, struct aion_file_status *status);
int32_t aion_status_by_fstat(int32_t fd, struct aion_file_status *status);

// The status of a name, without its file system's part: 0, or, where the name is gone already,
// one more than the descriptor, which is then the caller's to close.
int32_t aion_status_at(int32_t directory, const char *path, int32_t flags, int32_t resolve,
                       int64_t buffer);

// How many pages of a range are in memory. The second one maps them for a moment.
int64_t aion_cachestat(int32_t fd, int64_t offset, int64_t length);
int64_t aion_mincore(int32_t fd, int64_t offset, int64_t length);

int64_t aion_mmap_slab(int64_t length);
int32_t aion_munmap(int64_t address, int64_t length);
int32_t aion_page_size(void);

int64_t aion_voluntary_switches(void);

static inline void *aion_pointer(int64_t address) {
    return (void *)(uintptr_t)address;
}

static inline int64_t aion_address(const void *pointer) {
    return (int64_t)(uintptr_t)pointer;
}

#endif
