// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// The kernel reads and writes memory behind AddressSanitizer's back. So in what is built with the
// sanitizers, the linker (--wrap) puts these functions before the ones they are named for: they
// look whether all memory that the kernel is given is alive, as far as malloc made it, and, where
// events are fetched by io_getevents, whether it still is when the operation has completed. The
// JVM's direct buffers are malloc'ed; slabs are mapped, and pass.

#include "aion.h"

#include <libaio.h>
#include <linux/fiemap.h>
#include <pthread.h>
#include <sanitizer/asan_interface.h>

int32_t __real_aion_io_submit(int64_t context, int32_t nr, int64_t iocbpp);
int32_t __real_aion_io_getevents(int64_t context, int32_t min_nr, int32_t nr, int64_t events,
                                 int64_t timeout_nanos);
int32_t __real_aion_fiemap(int32_t fd, int64_t start, int64_t length, int32_t flags,
                           int32_t extent_count, int64_t buffer);

int32_t __wrap_aion_io_submit(int64_t context, int32_t nr, int64_t iocbpp);
int32_t __wrap_aion_io_getevents(int64_t context, int32_t min_nr, int32_t nr, int64_t events,
                                 int64_t timeout_nanos);
int32_t __wrap_aion_fiemap(int32_t fd, int64_t start, int64_t length, int32_t flags,
                           int32_t extent_count, int64_t buffer);

// Tests of the kernel's EFAULT pass addresses that nobody could own.
static int somewhere(const void *memory) {
    return (uintptr_t)memory >= 4096 && (uintptr_t)memory < (uintptr_t)1 << 47;
}

static void check_alive(const void *memory, size_t size) {
    if (size == 0 || !somewhere(memory)) {
        return;
    }
    const volatile char *bad = __asan_region_is_poisoned((void *)(uintptr_t)memory, size);
    if (bad != NULL) {
        (void)*bad;  // ASan reports this read and ends the process
    }
}

// What was submitted, found by context and data. A newer one takes the place of an older one with
// the same remainder, which then goes unchecked: so it need not be known what Java reaped itself.
static struct flight {
    int64_t context;
    struct iocb iocb;
} flights[1 << 14];
static pthread_mutex_t flights_lock = PTHREAD_MUTEX_INITIALIZER;

static struct flight *flight_of(int64_t context, const void *data) {
    uint64_t key = ((uint64_t)context >> 12) * 31 + (uint64_t)aion_address(data);
    return &flights[key * 0x9e3779b97f4a7c15u >> (64 - 14)];
}

static void check_iocb(const struct iocb *iocb) {
    int moves = iocb->aio_lio_opcode == IO_CMD_PREAD || iocb->aio_lio_opcode == IO_CMD_PWRITE;
    // The kernel refuses longer ones.
    if (moves && iocb->u.c.nbytes <= INT32_MAX) {
        check_alive(iocb->u.c.buf, iocb->u.c.nbytes);
    }
}

static void remember(int64_t context, const struct iocb *iocb) {
    pthread_mutex_lock(&flights_lock);
    struct flight *flight = flight_of(context, iocb->data);
    flight->context = context;
    flight->iocb = *iocb;
    pthread_mutex_unlock(&flights_lock);
}

static void check_completed(int64_t context, const struct io_event *event) {
    pthread_mutex_lock(&flights_lock);
    struct flight *flight = flight_of(context, event->data);
    struct iocb iocb = flight->iocb;
    int known = flight->context == context && iocb.data == event->data;
    flight->context = 0;
    pthread_mutex_unlock(&flights_lock);
    if (known) {
        check_iocb(&iocb);
    }
}

int32_t __wrap_aion_io_submit(int64_t context, int32_t nr, int64_t iocbpp) {
    struct iocb **iocbs = aion_pointer(iocbpp);
    for (int32_t i = 0; i < nr && somewhere(iocbs); i++) {
        if (somewhere(iocbs[i])) {
            check_iocb(iocbs[i]);
            remember(context, iocbs[i]);
        }
    }
    return __real_aion_io_submit(context, nr, iocbpp);
}

int32_t __wrap_aion_io_getevents(int64_t context, int32_t min_nr, int32_t nr, int64_t events,
                                 int64_t timeout_nanos) {
    if (nr > 0) {
        check_alive(aion_pointer(events), (size_t)nr * sizeof(struct io_event));
    }
    int32_t result = __real_aion_io_getevents(context, min_nr, nr, events, timeout_nanos);
    const struct io_event *fetched = aion_pointer(events);
    for (int32_t i = 0; i < result; i++) {
        check_completed(context, &fetched[i]);
    }
    return result;
}

int32_t __wrap_aion_fiemap(int32_t fd, int64_t start, int64_t length, int32_t flags,
                           int32_t extent_count, int64_t buffer) {
    if (extent_count >= 0) {
        check_alive(aion_pointer(buffer),
                    sizeof(struct fiemap) +
                        (size_t)extent_count * sizeof(struct fiemap_extent));
    }
    return __real_aion_fiemap(fd, start, length, flags, extent_count, buffer);
}
