// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static java.nio.file.StandardOpenOption.DSYNC;

import io.github.aionetty.AioOpenOption;
import java.nio.file.OpenOption;
import java.util.List;

/** How a file is written; each writer has one file of each. */
enum Way {
    /** Past the page cache, from the event loop once the blocks are there. */
    BLOCKS(Pattern.SLOTS, 4096, AioOpenOption.DIRECT),
    /** Records that share blocks, by way of the second descriptor, and whole blocks between. */
    PARTIAL(Pattern.SLOTS, 1, AioOpenOption.DIRECT),
    BUFFERED(Pattern.SLOTS, 1),
    /** A write that has completed needs no sync. */
    DSYNC_DIRECT(Pattern.SLOTS, 1, AioOpenOption.DIRECT, DSYNC),
    DSYNC_BUFFERED(Pattern.SLOTS, 1, DSYNC),
    AHEAD_BLOCKS(Pattern.APPENDS, 4096, AioOpenOption.DIRECT, AioOpenOption.ALLOCATE_AHEAD),
    AHEAD(Pattern.APPENDS, 1, AioOpenOption.DIRECT, AioOpenOption.ALLOCATE_AHEAD),
    AHEAD_BUFFERED(Pattern.APPENDS, 1, AioOpenOption.ALLOCATE_AHEAD),
    /** Truncated both ways and allocated as often as written. */
    RESIZED(Pattern.RESIZES, 1, AioOpenOption.DIRECT),
    /** Written beside, synced, moved over the old one, the directory synced. */
    REPLACED(Pattern.REPLACES, 1);

    enum Pattern {
        SLOTS,
        APPENDS,
        RESIZES,
        REPLACES
    }

    final Pattern pattern;

    /** Positions and lengths are multiples of it. */
    final int unit;

    final List<OpenOption> options;

    Way(Pattern pattern, int unit, OpenOption... options) {
        this.pattern = pattern;
        this.unit = unit;
        this.options = List.of(options);
    }

    boolean allocatesAhead() {
        return options.contains(AioOpenOption.ALLOCATE_AHEAD);
    }

    boolean syncsWrites() {
        return options.contains(DSYNC);
    }

    /** In the writer's directory. */
    String fileName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
