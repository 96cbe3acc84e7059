// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Guesses a path's device without touching its file system, which may hang: the longest mount point
 * in front of it. A snapshot, refreshed by helpers; symbolic links and unknown mounts only make the
 * guess less fair, never wrong.
 */
final class MountTable {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final long MAX_AGE_NANOS = 1_000_000_000L;

    private record Mount(Path point, Long device) {}

    private static volatile List<Mount> mounts = List.of();
    private static volatile long readAt = System.nanoTime() - MAX_AGE_NANOS;

    private MountTable() {}

    static Long deviceOf(Path path) {
        long now = System.nanoTime();
        if (now - readAt >= MAX_AGE_NANOS) {
            readAt = now;
            HelperLane.METADATA.execute(HelperLane.NO_DEVICE, MountTable::refresh);
        }
        Path absolute = path.toAbsolutePath().normalize();
        Long device = HelperLane.NO_DEVICE;
        int longest = -1;
        for (Mount mount : mounts) {
            int depth = mount.point.getNameCount();
            // Of two mounts on one point the later hides the earlier.
            if (depth >= longest && absolute.startsWith(mount.point)) {
                longest = depth;
                device = mount.device;
            }
        }
        return device;
    }

    private static void refresh() {
        List<Mount> read = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(MOUNTS)) {
                // 36 35 98:0 /root /mnt2 rw,noatime … : id, parent, major:minor, root, mount point
                String[] fields = line.split(" ", 6);
                String[] numbers = fields[2].split(":");
                long major = Long.parseLong(numbers[0]);
                long minor = Long.parseLong(numbers[1]);
                Path point = Path.of(fields[4].replace("\\040", " "));
                read.add(new Mount(point, NativeAttributes.device(major, minor)));
            }
            mounts = read;
        } catch (IOException | RuntimeException e) {
            // No /proc, or a format of the future: all paths count as one device.
            mounts = List.of();
        }
    }
}
