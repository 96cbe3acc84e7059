// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Control groups of version 1: every group limits its own members only, and the kernel's threads,
 * which write journals and dirty pages, are in the root.
 *
 * @param groups the root's directory and that of this process
 */
record BlkioThrottle(List<Path> groups) implements Throttle {
    static final String READS = "blkio.throttle.read_iops_device";
    static final String WRITES = "blkio.throttle.write_iops_device";

    @Override
    public void limit(String device, int iops) throws IOException {
        for (Path group : groups) {
            for (String file : List.of(READS, WRITES)) {
                Files.writeString(
                        group.resolve(file), device + ' ' + iops, StandardOpenOption.WRITE);
            }
        }
    }

    @Override
    public void close() {}
}
