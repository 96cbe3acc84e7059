// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Control groups of version 2: a group of our own, into which this process moves. The root has no
 * limits there, so that what the kernel's threads write, journals above all, stays fast: stalls
 * behind a journal show on version 1 only.
 */
final class IoMaxThrottle implements Throttle {
    private static final String NAME = "aio-netty-slow";

    private final Path group;
    private final Path before;

    /**
     * Moves this process.
     *
     * @param root where control groups are mounted
     * @param before the group this process is in
     */
    IoMaxThrottle(Path root, Path before) throws IOException {
        this.before = before;
        group = root.resolve(NAME);
        write(root.resolve("cgroup.subtree_control"), "+io");
        Files.createDirectories(group);
        move(group);
    }

    @Override
    public void limit(String device, int iops) throws IOException {
        String most = iops == 0 ? "max" : String.valueOf(iops);
        write(group.resolve("io.max"), device + " riops=" + most + " wiops=" + most);
    }

    @Override
    public void close() throws IOException {
        move(before);
        Files.deleteIfExists(group);
    }

    private static void move(Path to) throws IOException {
        write(to.resolve("cgroup.procs"), String.valueOf(ProcessHandle.current().pid()));
    }

    /** Only what exists: on a control group's file system nothing can be created. */
    private static void write(Path file, String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.WRITE);
    }
}
