// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.util.Locale;

/** What is measured: direct transfers of one size, so many in flight. */
enum Workload {
    RR4K_QD1(false, false, 4096, 1),
    RR4K_QD32(false, false, 4096, 32),
    RR4K_QD128(false, false, 4096, 128),
    RW4K_QD32(true, false, 4096, 32),
    SR128K_QD8(false, true, 128 << 10, 8);

    final boolean write;
    final boolean sequential;
    final int blockSize;
    final int depth;

    Workload(boolean write, boolean sequential, int blockSize, int depth) {
        this.write = write;
        this.sequential = sequential;
        this.blockSize = blockSize;
        this.depth = depth;
    }

    /** As options have it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As people read it. */
    String label() {
        return (blockSize >> 10)
                + " KiB "
                + (sequential ? "sequential " : "random ")
                + (write ? "overwrites" : "reads")
                + ", depth "
                + depth;
    }
}
