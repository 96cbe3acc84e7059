// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.hammer.Hammer;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two descriptors of one file, on two loops, with direct, sector-sized, unaligned and extending
 * writes to disjoint bytes of shared pages. Naively, fsync fails with EIO on ext4, and direct
 * writes are lost.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HammerTest {
    private static final int SECONDS = Integer.getInteger("aionetty.hammer.seconds", 8);

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void disjointWritesOfEveryKindKeepEveryByteAndEveryFsyncSucceeds(String fileSystem)
            throws Exception {
        Path path = FileSystemsUnderTest.directory(fileSystem).resolve("hammer.bin");
        try (Hammer hammer = new Hammer(path)) {
            hammer.run(SECONDS, false);
            assertThat(hammer.isEnough(SECONDS)).isTrue();
            hammer.verify();
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** Overwrites pass by the inode's lock, on two loops, while the others close the gate. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void theSameWhileTheFileIsCutAndAllocatedAndOverwritesStayOnTheLoop(String fileSystem)
            throws Exception {
        Path path = FileSystemsUnderTest.directory(fileSystem).resolve("hammer.bin");
        try (Hammer hammer = new Hammer(path)) {
            hammer.run(SECONDS / 2, true);
            assertThat(hammer.isEnough(SECONDS / 2)).isTrue();
            for (AioRoute route :
                    List.of(
                            AioRoute.NOWAIT,
                            AioRoute.BUSY,
                            AioRoute.UNMAPPED,
                            AioRoute.PAGE_CACHE)) {
                assertThat(hammer.routed(route)).as("%s", route).isPositive();
            }
            hammer.verify();
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
