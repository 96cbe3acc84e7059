// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.nio.file.ExtendedOpenOption;
import io.github.aionetty.trust.Commands;
import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Overlapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the power loss test rests on. */
@Overlapping
@Timeout(120)
class SnapshotTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 1024;
    private static final int STRIDE = 389;
    private static final int SNAPSHOTS = 10;

    private volatile long written;
    private volatile boolean enough;

    @BeforeEach
    void needsRoot() {
        Disk.require();
    }

    /**
     * One block after the other gets the next number, all over the disk and again and again: at any
     * moment the numbers are consecutive.
     */
    @Test
    void itIsThePlatterOfOneMoment() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Disk disk = Disk.blank()) {
            Future<?> writer = thread.submit(() -> writeNumbers(disk.device()));
            try {
                while (written < BLOCKS && !writer.isDone()) {
                    Thread.sleep(1);
                }
                for (int i = 0; i < SNAPSHOTS; i++) {
                    long before = written;
                    try (Disk.Snapshot snapshot = disk.snapshot()) {
                        assertThat(newestOf(snapshot.image())).isGreaterThanOrEqualTo(before);
                    }
                }
            } finally {
                enough = true;
                writer.get();
            }
        } finally {
            thread.shutdownNow();
        }
    }

    private Void writeNumbers(Path device) throws IOException {
        try (FileChannel channel =
                FileChannel.open(device, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
            ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK);
            block.limit(BLOCK);
            while (!enough) {
                long next = written + 1;
                block.position(0).putLong(0, next);
                channel.write(block, positionOf(next));
                written = next;
            }
        }
        return null;
    }

    private static long positionOf(long number) {
        return number * STRIDE % BLOCKS * (Disk.BYTES / BLOCKS);
    }

    private static long newestOf(Path image) throws IOException {
        long newest = 0;
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        try (FileChannel channel = FileChannel.open(image)) {
            for (int i = 0; i < BLOCKS; i++) {
                channel.read(number.clear(), i * (Disk.BYTES / BLOCKS));
                newest = Math.max(newest, number.getLong(0));
            }
            for (long i = newest - BLOCKS + 1; i <= newest; i++) {
                channel.read(number.clear(), positionOf(i));
                assertThat(number.getLong(0)).as("newest=%s", newest).isEqualTo(i);
            }
        }
        return newest;
    }

    @Test
    void itLosesWhatWasNotSyncedAndKeepsWhatWas() throws Exception {
        for (String fileSystem : List.of("ext4", "xfs")) {
            try (Disk disk = Disk.with(fileSystem)) {
                byte[] content = new byte[BLOCK];
                Path directory = disk.directory();
                Files.write(directory.resolve("synced"), content, StandardOpenOption.CREATE);
                Commands.run("sync", directory.resolve("synced").toString());
                overwrite(directory.resolve("synced"), (byte) 1);
                assertThat(firstByteAfterLoss(disk)).as(fileSystem).isZero();
                disk.destage(0, Disk.BYTES);
                Thread.sleep(500);
                assertThat(firstByteAfterLoss(disk)).as("destaged").isEqualTo((byte) 1);
                overwrite(directory.resolve("synced"), (byte) 2);
                Commands.run("sync", directory.resolve("synced").toString());
                assertThat(firstByteAfterLoss(disk)).as(fileSystem).isEqualTo((byte) 2);
                disk.cached(false);
                overwrite(directory.resolve("synced"), (byte) 3);
                assertThat(firstByteAfterLoss(disk)).as("no cache").isEqualTo((byte) 3);
            }
        }
    }

    /** Completed by the disk, and not flushed. */
    private static void overwrite(Path file, byte value) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK);
        block.limit(BLOCK);
        block.put(0, value);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
            channel.write(block, 0);
        }
    }

    private static byte firstByteAfterLoss(Disk disk) throws IOException {
        try (Disk.Snapshot snapshot = disk.snapshot()) {
            return Files.readAllBytes(snapshot.mount().resolve("synced"))[0];
        }
    }
}
