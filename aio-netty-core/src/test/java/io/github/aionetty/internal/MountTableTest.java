// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.FileSystemsUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guess of a path's device. */
@Timeout(30)
class MountTableTest {

    /** Keys of paths are the devices' numbers, counted down out of the way of descriptors' keys. */
    private static void awaitDevice(Path path, Object device) {
        long expected = -2 - ((Number) device).longValue();
        Awaitility.await("device of " + path)
                .untilAsserted(() -> assertThat(MountTable.deviceOf(path)).isEqualTo(expected));
    }

    @Test
    void aPathIsOnTheMountInFrontOfIt() throws Exception {
        awaitDevice(Path.of("/proc/self/status"), Files.getAttribute(Path.of("/proc"), "unix:dev"));
        for (String name : FileSystemsUnderTest.names()) {
            // A file of btrfs has the number of its subvolume, not of its mount.
            if (List.of("ext4", "xfs", "tmpfs").contains(name)) {
                Path directory = FileSystemsUnderTest.directory(name);
                Object device = Files.getAttribute(directory, "unix:dev");
                awaitDevice(directory, device);
                awaitDevice(directory.resolve("missing/below"), device);
                awaitDevice(directory.resolve("../" + name + "/./x"), device);
            }
        }
    }

    @Test
    void aNameThatOnlyStartsLikeAMountIsNotOnIt() throws Exception {
        awaitDevice(Path.of("/proc"), Files.getAttribute(Path.of("/proc"), "unix:dev"));
        Object root = MountTable.deviceOf(Path.of("/"));
        assertThat(MountTable.deviceOf(Path.of("/procession"))).isEqualTo(root);
    }
}
