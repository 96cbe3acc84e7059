// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.routing;

import io.github.aionetty.AioOpenOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What is measured: 4 KiB at random places of a file that is written all over. */
enum Workload {
    /** Direct reads. */
    READ(false, Set.of(StandardOpenOption.READ, AioOpenOption.DIRECT)),
    /** Direct writes. */
    OVERWRITE(
            true, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT)),
    /** Reads of what the page cache holds. */
    CACHED_READ(false, Set.of(StandardOpenOption.READ));

    final boolean writes;
    final Set<OpenOption> options;

    Workload(boolean writes, Set<OpenOption> options) {
        this.writes = writes;
        this.options = options;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
