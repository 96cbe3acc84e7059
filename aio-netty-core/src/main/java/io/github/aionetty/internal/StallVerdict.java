// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.Locale;

/** Whether the loop's thread has slept in an {@code io_submit} that took long. */
enum StallVerdict {
    /** It has: the kernel waited for something. */
    BLOCKED("; or memory was short, and the kernel waited until it had freed some"),

    /** It has not: a busy CPU is no fault of the call's. */
    PREEMPTED(""),

    /** Nobody has counted. */
    UNKNOWN("; or the kernel gave the CPU to another thread meanwhile");

    /** What else it may have been, to be put behind a cause. */
    final String doubt;

    StallVerdict(String doubt) {
        this.doubt = doubt;
    }

    /** For people and programs. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
