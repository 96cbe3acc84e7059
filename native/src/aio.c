// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "aion.h"

#include <errno.h>
#include <libaio.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(struct iocb) == 64, "libaio's struct iocb is the kernel's");
_Static_assert(sizeof(struct io_event) == 32, "libaio's struct io_event is the kernel's");

int64_t aion_io_setup(int32_t nr_events) {
    io_context_t context = NULL;
    int result = io_setup(nr_events, &context);
    return result < 0 ? result : aion_address(context);
}

int32_t aion_io_destroy(int64_t context) {
    return io_destroy(aion_pointer(context));
}

int32_t aion_io_submit(int64_t context, int32_t nr, int64_t iocbpp) {
    return io_submit(aion_pointer(context), nr, aion_pointer(iocbpp));
}

static int64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// Here, since a thread that returns into a JVM which holds all threads waits there, and sleeps.
int32_t aion_io_submit_timed(int64_t context, int32_t nr, int64_t iocbpp, int64_t time) {
    struct aion_call_time *taken = aion_pointer(time);
    if (taken == NULL) {
        return aion_io_submit(context, nr, iocbpp);
    }
    int64_t before = now_nanos();
    int32_t result = aion_io_submit(context, nr, iocbpp);
    taken->nanos = now_nanos() - before;
    if (taken->nanos >= taken->threshold) {
        taken->switches = aion_voluntary_switches();
    }
    return result;
}

// Not libaio's io_getevents: with a timeout of zero that one first looks into the ring itself,
// which on a context that was destroyed is a SIGSEGV where the kernel says EINVAL.
int32_t aion_io_getevents(int64_t context, int32_t min_nr, int32_t nr, int64_t events,
                          int64_t timeout_nanos) {
    struct timespec timeout = {0, 0};
    if (timeout_nanos > 0) {
        timeout.tv_sec = (time_t)(timeout_nanos / 1000000000);
        timeout.tv_nsec = (long)(timeout_nanos % 1000000000);
    }
    long result = syscall(SYS_io_getevents, (unsigned long)context, (long)min_nr, (long)nr,
                          aion_pointer(events), timeout_nanos < 0 ? NULL : &timeout);
    return result < 0 ? -errno : (int32_t)result;
}

int32_t aion_io_cancel(int64_t context, int64_t iocb, int64_t event) {
    return io_cancel(aion_pointer(context), aion_pointer(iocb), aion_pointer(event));
}

int32_t aion_eventfd(int32_t initial_value, int32_t flags) {
    int fd = eventfd((unsigned int)initial_value, flags);
    return fd < 0 ? -errno : fd;
}
