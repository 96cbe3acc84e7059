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
#include <linux/fs.h>
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <stdarg.h>
#include <sys/syscall.h>

int __real_io_submit(io_context_t context, long nr, struct iocb **iocbs);
long __real_syscall(long number, ...);
int __real_ioctl(int fd, unsigned long request, ...);

int __wrap_io_submit(io_context_t context, long nr, struct iocb **iocbs);
long __wrap_syscall(long number, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);

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
    io_context_t context;
    struct iocb iocb;
} flights[1 << 14];
static pthread_mutex_t flights_lock = PTHREAD_MUTEX_INITIALIZER;

static struct flight *flight_of(io_context_t context, const void *data) {
    uint64_t key = ((uintptr_t)context >> 12) * 31 + (uint64_t)aion_address(data);
    return &flights[key * 0x9e3779b97f4a7c15u >> (64 - 14)];
}

static void check_iocb(const struct iocb *iocb) {
    int moves = iocb->aio_lio_opcode == IO_CMD_PREAD || iocb->aio_lio_opcode == IO_CMD_PWRITE;
    // The kernel refuses longer ones.
    if (moves && iocb->u.c.nbytes <= INT32_MAX) {
        check_alive(iocb->u.c.buf, iocb->u.c.nbytes);
    }
}

static void remember(io_context_t context, const struct iocb *iocb) {
    pthread_mutex_lock(&flights_lock);
    struct flight *flight = flight_of(context, iocb->data);
    flight->context = context;
    flight->iocb = *iocb;
    pthread_mutex_unlock(&flights_lock);
}

static void check_completed(io_context_t context, const struct io_event *event) {
    pthread_mutex_lock(&flights_lock);
    struct flight *flight = flight_of(context, event->data);
    struct iocb iocb = flight->iocb;
    int known = flight->context == context && iocb.data == event->data;
    flight->context = NULL;
    pthread_mutex_unlock(&flights_lock);
    if (known) {
        check_iocb(&iocb);
    }
}

int __wrap_io_submit(io_context_t context, long nr, struct iocb **iocbs) {
    for (long i = 0; i < nr && somewhere(iocbs); i++) {
        if (somewhere(iocbs[i])) {
            check_iocb(iocbs[i]);
            remember(context, iocbs[i]);
        }
    }
    return __real_io_submit(context, nr, iocbs);
}

// With as many arguments as any has, as the C library's own.
long __wrap_syscall(long number, ...) {
    long a[6];
    va_list list;
    va_start(list, number);
    for (int i = 0; i < 6; i++) {
        a[i] = va_arg(list, long);
    }
    va_end(list);
    io_context_t context = aion_pointer(a[0]);
    const struct io_event *events = aion_pointer(a[3]);
    if (number == SYS_io_getevents && a[2] > 0) {
        check_alive(events, (size_t)a[2] * sizeof *events);
    }
    long result = __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    for (long i = 0; number == SYS_io_getevents && i < result; i++) {
        check_completed(context, &events[i]);
    }
    return result;
}

int __wrap_ioctl(int fd, unsigned long request, ...) {
    va_list list;
    va_start(list, request);
    void *argument = va_arg(list, void *);
    va_end(list);
    if (request == FS_IOC_FIEMAP) {
        const struct fiemap *map = argument;
        check_alive(map, sizeof *map + map->fm_extent_count * sizeof map->fm_extents[0]);
    }
    return __real_ioctl(fd, request, argument);
}
