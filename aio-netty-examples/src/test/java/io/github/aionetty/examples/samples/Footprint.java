// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.examples.OpenFiles;
import io.netty.util.internal.PlatformDependent;
import java.nio.file.Path;
import java.time.Duration;

/** What files and buffers a server holds on to. */
public final class Footprint {
    private static final long SLACK = 2L << 20;

    private final Path directory;
    private final long before = buffers();

    public Footprint(Path directory) {
        this.directory = directory;
    }

    private static long buffers() {
        return AioBuffers.usedSlabMemory() + PlatformDependent.usedDirectMemory();
    }

    /** Bytes in buffers since this was made, ours and Netty's. */
    public long growth() {
        return buffers() - before;
    }

    /** How many files of the directory are open. */
    public long openFiles() throws Exception {
        return OpenFiles.below(directory);
    }

    /** Waits until all files are closed, and what this library lent has come back. */
    public void assertNothingIsLeft() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            assertThat(openFiles()).as("open files").isZero();
                            assertThat(AioBuffers.usedSlabMemory()).as("slabs").isLessThan(SLACK);
                        });
    }
}
