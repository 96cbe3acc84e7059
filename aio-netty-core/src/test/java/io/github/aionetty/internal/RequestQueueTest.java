// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.FileSystemsUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sysfs says of a device's queue, on a tree of directories like its own. */
class RequestQueueTest {
    @TempDir private Path sys;

    private Path disk(String name, int requests, int queues) throws IOException {
        Path disk = Files.createDirectories(sys.resolve(name));
        Path queue = Files.createDirectories(disk.resolve("queue"));
        Files.writeString(queue.resolve("nr_requests"), requests + "\n");
        for (int i = 0; i < queues; i++) {
            Files.createDirectories(disk.resolve("mq").resolve("" + i));
        }
        return disk;
    }

    private Path numbered(String number, Path target) throws IOException {
        return Files.createSymbolicLink(sys.resolve(number), target);
    }

    @Test
    void aDiskHasItsOwn() throws IOException {
        Path disk = disk("sda", 64, 1);
        RequestQueue queue = RequestQueue.of(numbered("8:0", disk));
        assertThat(queue).isEqualTo(new RequestQueue(disk.toRealPath(), 64, 1));
    }

    @Test
    void aDiskMayHaveSeveral() throws IOException {
        Path disk = disk("nvme0n1", 1023, 4);
        RequestQueue queue = RequestQueue.of(numbered("259:0", disk));
        assertThat(queue).isEqualTo(new RequestQueue(disk.toRealPath(), 1023, 4));
        assertThat(queue.total()).isEqualTo(4092);
    }

    @Test
    void aPartitionHasItsDisks() throws IOException {
        Path disk = disk("sda", 32, 1);
        Path partition = Files.createDirectories(disk.resolve("sda1"));
        RequestQueue queue = RequestQueue.of(numbered("8:1", partition));
        assertThat(queue).isEqualTo(RequestQueue.of(numbered("8:0", disk)));
        assertThat(queue.requests()).isEqualTo(32);
    }

    @Test
    void aMappedDeviceHasTheSmallestOfThoseItIsMadeOf() throws IOException {
        Path mapped = disk("dm-0", 128, 0);
        Path slaves = Files.createDirectories(mapped.resolve("slaves"));
        Files.createSymbolicLink(slaves.resolve("sda"), disk("sda", 256, 1));
        Path smallest = disk("sdb", 31, 1);
        Files.createSymbolicLink(slaves.resolve("sdb"), smallest);
        assertThat(RequestQueue.of(numbered("254:0", mapped)))
                .isEqualTo(new RequestQueue(smallest.toRealPath(), 31, 1));
    }

    @Test
    void whereNobodySaysItIsTheKernelsDefault() throws IOException {
        assertThat(RequestQueue.of(sys.resolve("0:42"))).isSameAs(RequestQueue.DEFAULT);
        Path strange = disk("strange", 1, 1);
        Files.writeString(strange.resolve("queue/nr_requests"), "many");
        assertThat(RequestQueue.of(numbered("1:1", strange))).isSameAs(RequestQueue.DEFAULT);
    }

    /** Whatever this machine's disks are: the number of a file's device is found again. */
    @Test
    void theNumberOfADeviceIsTakenApartAsItWasPutTogether() throws IOException {
        Path devices = Path.of("/sys/dev/block");
        FileSystemsUnderTest.require(Files.isDirectory(devices), "sysfs");
        try (var entries = Files.newDirectoryStream(devices)) {
            for (Path entry : entries) {
                String[] numbers = entry.getFileName().toString().split(":");
                long major = Long.parseLong(numbers[0]);
                long minor = Long.parseLong(numbers[1]);
                long device = NativeAttributes.device(major, minor);
                assertThat(RequestQueue.of(device)).isEqualTo(RequestQueue.of(entry));
            }
        }
    }
}
