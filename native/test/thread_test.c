// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "test.h"

#include <pthread.h>
#include <time.h>

#define TIMES 20

static int64_t now_millis(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_a_little(void) {
    struct timespec millisecond = {0, 1000000};
    nanosleep(&millisecond, NULL);
}

static void sleeping_switches_voluntarily(void) {
    int64_t before = aion_voluntary_switches();
    TRUE(before >= 0);
    for (int i = 0; i < TIMES; i++) {
        sleep_a_little();
    }
    TRUE(aion_voluntary_switches() - before >= TIMES);
}

// However often others take the CPU away meanwhile. A page fault may sleep, so not none at all.
static void computing_does_not(void) {
    int64_t before = aion_voluntary_switches();
    for (int64_t end = now_millis() + 100; now_millis() < end;) {
    }
    TRUE(aion_voluntary_switches() - before < TIMES / 2);
}

static void *sleep_often(void *unused) {
    for (int i = 0; i < TIMES; i++) {
        sleep_a_little();
    }
    return unused;
}

static void other_threads_are_not_counted(void) {
    pthread_t thread;
    int64_t before = aion_voluntary_switches();
    EQUAL(pthread_create(&thread, NULL, sleep_often, NULL), 0);
    EQUAL(pthread_join(thread, NULL), 0);
    TRUE(aion_voluntary_switches() - before < TIMES / 2);
}

void thread_tests(void) {
    RUN(sleeping_switches_voluntarily);
    RUN(computing_does_not);
    RUN(other_threads_are_not_counted);
}
