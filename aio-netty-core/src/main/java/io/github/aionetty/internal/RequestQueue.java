// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many requests a block device's queue takes, by sysfs. One more, and {@code io_submit} waits
 * until another is done, whatever RWF_NOWAIT says: 400 ms on a slow disk.
 *
 * @param disk whose queue it is: all devices that have it share it; {@code null} if not known
 * @param requests what each of its queues takes
 * @param queues how many it has; a thread uses one of them
 * @see <a href="https://docs.kernel.org/admin-guide/abi-stable-files.html">nr_requests</a>
 */
record RequestQueue(Path disk, int requests, int queues) {
    /** The kernel's own default. */
    static final RequestQueue DEFAULT = new RequestQueue(null, 128, 1);

    private static final Path DEVICES = Path.of("/sys/dev/block");
    private static final int MAX_DEPTH = 8;

    /** That of the device with this number; the default where nobody says, as for btrfs or NFS. */
    static RequestQueue of(long device) {
        return of(DEVICES.resolve(major(device) + ":" + minor(device)));
    }

    /** The opposite of {@link NativeAttributes#device(long, long)}. */
    private static long major(long device) {
        return (device >> 32 & 0xfffff000L) | (device >> 8 & 0xfffL);
    }

    private static long minor(long device) {
        return (device >> 12 & 0xffffff00L) | (device & 0xffL);
    }

    static RequestQueue of(Path entry) {
        try {
            return smallest(entry.toRealPath(), 0);
        } catch (IOException | RuntimeException e) {
            return DEFAULT;
        }
    }

    /** Of the device, and of those that it is made of. */
    private static RequestQueue smallest(Path device, int depth) throws IOException {
        // A partition has its disk's.
        Path disk = Files.exists(device.resolve("queue")) ? device : device.getParent();
        String requests = Files.readString(disk.resolve("queue/nr_requests")).strip();
        RequestQueue smallest =
                new RequestQueue(
                        disk, Integer.parseInt(requests), Math.max(1, count(disk.resolve("mq"))));
        if (depth < MAX_DEPTH && Files.isDirectory(device.resolve("slaves"))) {
            try (DirectoryStream<Path> slaves =
                    Files.newDirectoryStream(device.resolve("slaves"))) {
                for (Path slave : slaves) {
                    RequestQueue other = smallest(slave.toRealPath(), depth + 1);
                    smallest = other.total() < smallest.total() ? other : smallest;
                }
            }
        }
        return smallest;
    }

    private static int count(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                count += Files.isDirectory(entry) ? 1 : 0;
            }
        }
        return count;
    }

    int total() {
        return requests * queues;
    }
}
