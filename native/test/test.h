// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// Enough of a test framework: named tests in order, the first failed check of each ends it.

#ifndef AION_TEST_H
#define AION_TEST_H

#include "aion.h"

#include <stdbool.h>

extern const char *test_directory;
// Whether test_directory takes O_DIRECT.
extern bool direct_io;

// Fails the running test unless the two are equal, and shows both.
#define EQUAL(actual, expected) \
    check_equal(__FILE__, __LINE__, #actual, (int64_t)(actual), (int64_t)(expected))
#define TRUE(condition) check_equal(__FILE__, __LINE__, #condition, !!(condition), 1)

void check_equal(const char *file, int line, const char *what, int64_t actual, int64_t expected);
void run_test(const char *name, void (*test)(void));
#define RUN(test) run_test(#test, test)

// A new file of that many bytes (byte i is i % 251), open for reading and writing, without a name.
int make_file(size_t size, int extra_flags);
char expected_byte(size_t position);
// Page-aligned zeroed memory; freed by free().
char *make_buffer(size_t size);
void touch(int64_t address, int64_t length);

void aio_tests(void);
void file_tests(void);
void cache_tests(void);
void memory_tests(void);
void thread_tests(void);
void denied_tests(void);

#endif
