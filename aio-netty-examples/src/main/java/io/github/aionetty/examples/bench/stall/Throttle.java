// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes block devices slow, by the kernel's control groups. */
interface Throttle extends AutoCloseable {
    /** Where the kernel's control groups are mounted. */
    Path MOUNTED = Path.of("/sys/fs/cgroup");

    /**
     * Limits a device.
     *
     * @param device its number as {@code MAJOR:MINOR}
     * @param iops reads a second, and writes a second; 0 takes the limit away
     */
    void limit(String device, int iops) throws IOException;

    /** Leaves control groups as they were; limits are to be gone before. */
    @Override
    void close() throws IOException;

    /** What this machine has. */
    static Throttle ofThisMachine() throws IOException {
        return find(MOUNTED, Files.readAllLines(Path.of("/proc/self/cgroup")));
    }

    /**
     * What a machine has.
     *
     * @param mounted where control groups are mounted
     * @param own the lines of {@code /proc/self/cgroup}
     * @throws IOException with the remedy, if there is no way to throttle
     */
    static Throttle find(Path mounted, List<String> own) throws IOException {
        Path v1 = mounted.resolve("blkio");
        if (Files.isWritable(v1.resolve(BlkioThrottle.READS))) {
            List<Path> groups = new ArrayList<>(List.of(v1));
            Path mine = v1.resolve(groupOf("blkio", own)).normalize();
            // A container may see the path of its group, and not the group.
            if (!mine.equals(v1) && Files.isWritable(mine.resolve(BlkioThrottle.READS))) {
                groups.add(mine);
            }
            return new BlkioThrottle(groups);
        }
        Path controllers = mounted.resolve("cgroup.controllers");
        if (Files.isWritable(mounted.resolve("cgroup.subtree_control"))
                && List.of(Files.readString(controllers).trim().split(" ")).contains("io")) {
            return new IoMaxThrottle(mounted, mounted.resolve(groupOf("", own)).normalize());
        }
        throw new IOException(
                "no control group can make a disk slow: run as root, where "
                        + v1
                        + " (cgroup v1) or the io controller of "
                        + mounted
                        + " (cgroup v2) can be written, and CONFIG_BLK_DEV_THROTTLING is set");
    }

    /** The relative path of a controller's group; "" is version 2's. */
    private static String groupOf(String controller, List<String> own) {
        for (String line : own) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) {
                return parts[2].substring(1);
            }
        }
        return "";
    }
}
