// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Guesses what a path may hang with, without touching its file system: the longest mount point in
 * front of it, from a snapshot that helpers refresh. A symbolic link into another mount is taken
 * for its own. So keys of paths are apart from those of descriptors, which are certain: paths that
 * hang under a wrong key hold up paths, and never the files that are open.
 */
final class MountTable {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final long MAX_AGE_NANOS = 1_000_000_000L;

    /** Keys of paths count down from here; devices of descriptors are not negative. */
    private static final long PATHS = -2;

    private static final Long UNKNOWN = -1L;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Map<Path, Long> HELD = new ConcurrentHashMap<>();

    private record Mount(Path point, Long device) {}

    private static volatile List<Mount> mounts = List.of();
    private static volatile long readAt = System.nanoTime() - MAX_AGE_NANOS;

    private MountTable() {}

    /** The path that leads to what a descriptor has open. */
    static Path descriptor(int fd) {
        return DESCRIPTORS.resolve(Integer.toString(fd));
    }

    /** Until {@link #release}, paths through it hang with its device, and not with /proc. */
    static Long hold(Path descriptor, long device) {
        Long key = PATHS - device;
        HELD.put(descriptor, key);
        return key;
    }

    static void release(Path descriptor) {
        HELD.remove(descriptor);
    }

    private static Long held(Path absolute) {
        int depth = DESCRIPTORS.getNameCount() + 1;
        if (HELD.isEmpty()
                || absolute.getNameCount() < depth
                || !absolute.startsWith(DESCRIPTORS)) {
            return null;
        }
        return HELD.get(DESCRIPTORS.resolve(absolute.getName(depth - 1)));
    }

    static Long deviceOf(Path path) {
        long now = System.nanoTime();
        if (now - readAt >= MAX_AGE_NANOS) {
            readAt = now;
            refreshLater();
        }
        Path absolute = path.toAbsolutePath().normalize();
        Long held = held(absolute);
        if (held != null) {
            return held;
        }
        Long device = UNKNOWN;
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

    private static void refreshLater() {
        try {
            HelperLane.METADATA.execute(HelperLane.CHORES, MountTable::refresh);
        } catch (RejectedExecutionException e) {
            // The old snapshot has to do until the next time.
            readAt = System.nanoTime() - MAX_AGE_NANOS;
        }
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
                long device = NativeAttributes.device(major, minor);
                read.add(new Mount(point, PATHS - device));
            }
            mounts = read;
        } catch (IOException | RuntimeException e) {
            // No /proc, or a format of the future: all paths count as one device.
            mounts = List.of();
        }
    }
}
