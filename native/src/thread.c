// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

#include "aion.h"

#include <errno.h>
#include <sys/resource.h>

int64_t aion_voluntary_switches(void) {
    struct rusage usage;
    return getrusage(RUSAGE_THREAD, &usage) < 0 ? -errno : usage.ru_nvcsw;
}
