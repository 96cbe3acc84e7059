// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <libaio.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define BLOCK 4096

static int64_t context;
static int fd;
static char *buffer;

static void set_up(int capacity, int extra_flags) {
    context = aion_io_setup(capacity);
    TRUE(context > 0);
    fd = make_file(16 * BLOCK, extra_flags);
    TRUE(fd >= 0);
    buffer = make_buffer(16 * BLOCK);
}

static void tear_down(void) {
    free(buffer);
    EQUAL(aion_close(fd), 0);
    EQUAL(aion_io_destroy(context), 0);
}

static int submit(struct iocb *iocb) {
    struct iocb *pointers[] = {iocb};
    return aion_io_submit(context, 1, aion_address(pointers));
}

static int get(struct io_event *events, int least, int most, int64_t timeout) {
    return aion_io_getevents(context, least, most, aion_address(events), timeout);
}

// One event, the way Java reads it: out of the mapped ring.
static struct io_event from_ring(void) {
    struct aion_ring *ring = aion_pointer(context);
    EQUAL(ring->magic, AION_RING_MAGIC);
    EQUAL(ring->header_length, sizeof *ring);
    while (ring->head == __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE)) {
    }
    struct io_event *events = (struct io_event *)(ring + 1);
    struct io_event event = events[ring->head];
    __atomic_store_n(&ring->head, (ring->head + 1) % ring->nr, __ATOMIC_RELEASE);
    return event;
}

static void check_round_trip(int extra_flags) {
    set_up(4, extra_flags);
    struct iocb iocb;
    struct io_event event;

    memset(buffer, 'w', BLOCK);
    io_prep_pwrite(&iocb, fd, buffer, BLOCK, BLOCK);
    iocb.data = aion_pointer(11);
    EQUAL(submit(&iocb), 1);
    EQUAL(get(&event, 1, 1, -1), 1);
    EQUAL(aion_address(event.data), 11);
    EQUAL(event.res, BLOCK);

    io_prep_fdsync(&iocb, fd);
    EQUAL(submit(&iocb), 1);
    EQUAL(get(&event, 1, 1, -1), 1);
    EQUAL(event.res, 0);

    memset(buffer, 0, BLOCK);
    io_prep_pread(&iocb, fd, buffer, 3 * BLOCK, 0);
    EQUAL(submit(&iocb), 1);
    EQUAL(get(&event, 1, 1, -1), 1);
    EQUAL(event.res, 3 * BLOCK);
    EQUAL(buffer[BLOCK - 1], expected_byte(BLOCK - 1));
    EQUAL(buffer[BLOCK], 'w');
    EQUAL(buffer[2 * BLOCK], expected_byte(2 * BLOCK));
    tear_down();
}

static void write_sync_and_read_through_the_page_cache(void) {
    check_round_trip(0);
}

static void write_sync_and_read_direct(void) {
    check_round_trip(O_DIRECT);
}

static void ring_gives_every_event_once_while_it_wraps(void) {
    set_up(4, 0);
    struct aion_ring *ring = aion_pointer(context);
    TRUE(ring->nr > 4);
    for (uint32_t i = 0; i < 3 * ring->nr; i++) {
        struct iocb iocb;
        io_prep_pread(&iocb, fd, buffer, BLOCK, 0);
        iocb.data = aion_pointer(i + 1);
        EQUAL(submit(&iocb), 1);
        struct io_event event = from_ring();
        EQUAL(aion_address(event.data), i + 1);
        EQUAL(event.res, BLOCK);
    }
    EQUAL(get(NULL, 0, 1, 0), 0);
    tear_down();
}

static void eventfd_counts_completions(void) {
    set_up(4, 0);
    int signal = aion_eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    TRUE(signal >= 0);
    struct iocb iocbs[2];
    struct iocb *pointers[] = {&iocbs[0], &iocbs[1]};
    for (int i = 0; i < 2; i++) {
        io_prep_pread(&iocbs[i], fd, buffer + i * BLOCK, BLOCK, i * BLOCK);
        io_set_eventfd(&iocbs[i], signal);
    }
    EQUAL(aion_io_submit(context, 2, aion_address(pointers)), 2);
    struct io_event events[2];
    EQUAL(get(events, 2, 2, -1), 2);
    uint64_t value = 0;
    EQUAL(read(signal, &value, sizeof value), sizeof value);
    EQUAL(value, 2);
    EQUAL(aion_close(signal), 0);
    tear_down();
}

static void submit_stops_at_the_first_bad_operation(void) {
    set_up(4, 0);
    struct iocb iocbs[3];
    struct iocb *pointers[] = {&iocbs[0], &iocbs[1], &iocbs[2]};
    for (int i = 0; i < 3; i++) {
        io_prep_pread(&iocbs[i], i == 1 ? -1 : fd, buffer, BLOCK, 0);
    }
    EQUAL(aion_io_submit(context, 3, aion_address(pointers)), 1);
    EQUAL(aion_io_submit(context, 2, aion_address(pointers + 1)), -EBADF);
    EQUAL(aion_io_submit(context, 1, aion_address(pointers + 2)), 1);
    struct io_event events[3];
    EQUAL(get(events, 2, 3, -1), 2);
    tear_down();
}

static void getevents_waits_as_long_as_it_was_told(void) {
    set_up(1, 0);
    struct io_event event;
    struct timespec before, after;
    EQUAL(get(&event, 1, 1, 0), 0);
    clock_gettime(CLOCK_MONOTONIC, &before);
    EQUAL(get(&event, 1, 1, 20 * 1000 * 1000), 0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    int64_t waited = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
    TRUE(waited >= 20 * 1000 * 1000);
    tear_down();
}

static void poll_can_be_cancelled_and_files_cannot(void) {
    set_up(2, 0);
    int signal = aion_eventfd(0, EFD_CLOEXEC);
    struct iocb iocb;
    struct io_event event;
    io_prep_poll(&iocb, signal, POLLIN);
    EQUAL(submit(&iocb), 1);
    EQUAL(aion_io_cancel(context, aion_address(&iocb), aion_address(&event)), -EINPROGRESS);
    EQUAL(get(&event, 1, 1, -1), 1);

    io_prep_pread(&iocb, fd, buffer, BLOCK, 0);
    EQUAL(submit(&iocb), 1);
    EQUAL(aion_io_cancel(context, aion_address(&iocb), aion_address(&event)), -EINVAL);
    EQUAL(get(&event, 1, 1, -1), 1);
    EQUAL(aion_close(signal), 0);
    tear_down();
}

static void destroyed_contexts_are_refused(void) {
    set_up(1, 0);
    int64_t other = aion_io_setup(1);
    struct io_event event;
    struct iocb iocb;
    struct iocb *pointers[] = {&iocb};
    io_prep_pread(&iocb, fd, buffer, BLOCK, 0);
    EQUAL(aion_io_destroy(other), 0);
    EQUAL(aion_io_destroy(other), -EINVAL);
    EQUAL(aion_io_submit(other, 1, aion_address(pointers)), -EINVAL);
    EQUAL(aion_io_getevents(other, 0, 1, aion_address(&event), 0), -EINVAL);
    EQUAL(aion_io_getevents(other, 1, 1, aion_address(&event), -1), -EINVAL);
    EQUAL(aion_io_getevents(0, 0, 1, aion_address(&event), 0), -EINVAL);
    tear_down();
}

static void absurd_contexts_are_refused(void) {
    EQUAL(aion_io_setup(0), -EINVAL);
    EQUAL(aion_io_setup(-1), -EINVAL);
    EQUAL(aion_io_setup(INT32_MAX), -EINVAL);
}

static void a_context_over_the_system_wide_limit_is_refused(void) {
    FILE *file = fopen("/proc/sys/fs/aio-max-nr", "re");
    long limit = 0;
    TRUE(file != NULL);
    EQUAL(fscanf(file, "%ld", &limit), 1);
    fclose(file);
    // From some 4 million on the kernel says EINVAL before it looks at the limit.
    EQUAL(aion_io_setup((int32_t)limit + 1), limit < 4000000 ? -EAGAIN : -EINVAL);
}

static int pipe_ends[2];

static void *write_after_30_ms(void *unused) {
    struct timespec pause = {0, 30000000};
    nanosleep(&pause, NULL);
    EQUAL(write(pipe_ends[1], "x", 1), 1);
    return unused;
}

static int submit_timed(struct iocb *iocb, struct aion_call_time *time) {
    struct iocb *pointers[] = {iocb};
    return aion_io_submit_timed(context, 1, aion_address(pointers), aion_address(time));
}

// A pipe's read waits for its writer, inside of io_submit.
static void a_call_that_sleeps_is_told_from_one_that_does_not(void) {
    set_up(4, 0);
    struct iocb iocb;
    struct io_event event;
    struct aion_call_time time = {.threshold = INT64_MAX, .nanos = -1, .switches = -1};
    io_prep_pread(&iocb, fd, buffer, BLOCK, 0);
    EQUAL(submit_timed(&iocb, &time), 1);
    TRUE(time.nanos >= 0);
    EQUAL(time.switches, -1);
    time.threshold = 0;
    EQUAL(submit_timed(&iocb, &time), 1);
    EQUAL(time.switches, aion_voluntary_switches());
    EQUAL(submit_timed(&iocb, NULL), 1);
    for (int i = 0; i < 3; i++) {
        EQUAL(get(&event, 1, 1, -1), 1);
        EQUAL(event.res, BLOCK);
    }

    pthread_t writer;
    EQUAL(pipe(pipe_ends), 0);
    io_prep_pread(&iocb, pipe_ends[0], buffer, 1, 0);
    int64_t before = aion_voluntary_switches();
    EQUAL(pthread_create(&writer, NULL, write_after_30_ms, NULL), 0);
    EQUAL(submit_timed(&iocb, &time), 1);
    EQUAL(pthread_join(writer, NULL), 0);
    TRUE(time.nanos >= 10000000);
    TRUE(time.switches > before);
    EQUAL(aion_close(pipe_ends[0]), 0);
    EQUAL(aion_close(pipe_ends[1]), 0);
    EQUAL(aion_io_submit_timed(-1, 0, 0, aion_address(&time)), -EINVAL);
    tear_down();
}

void aio_tests(void) {
    RUN(write_sync_and_read_through_the_page_cache);
    if (direct_io) {
        RUN(write_sync_and_read_direct);
    }
    RUN(ring_gives_every_event_once_while_it_wraps);
    RUN(eventfd_counts_completions);
    RUN(submit_stops_at_the_first_bad_operation);
    RUN(a_call_that_sleeps_is_told_from_one_that_does_not);
    RUN(getevents_waits_as_long_as_it_was_told);
    RUN(poll_can_be_cancelled_and_files_cannot);
    RUN(destroyed_contexts_are_refused);
    RUN(absurd_contexts_are_refused);
    RUN(a_context_over_the_system_wide_limit_is_refused);
}
