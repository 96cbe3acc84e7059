// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFiles;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy that does not fit leaves the old target, and the space that there was. */
@Timeout(120)
class CopyFullDiskTest {
    private static final long ROOM = 24L << 20;

    @TempDir private Path home;

    @ParameterizedTest
    @CsvSource({"ext4, true", "ext4, false", "xfs, true", "xfs, false"})
    void whatDoesNotFitLeavesTheOldTarget(String fileSystem, boolean epoll) throws Exception {
        try (ThinDisk disk = new ThinDisk(fileSystem);
                TestLoops loops = epoll ? TestLoops.epoll(1) : TestLoops.nio(1)) {
            Path directory = Files.createDirectory(disk.directory().resolve("copies"));
            long free = Files.getFileStore(directory).getUnallocatedSpace();
            String ballast = disk.directory().resolve("ballast").toString();
            Commands.run("fallocate", "-l", Long.toString(free - ROOM), ballast);
            Path target = Files.writeString(directory.resolve("target"), "old");
            AioFiles files = AioFiles.of(loops.next());
            Path large = Files.write(home.resolve("large"), new byte[(int) (2 * ROOM)]);
            Path fits = Files.write(home.resolve("fits"), new byte[(int) (ROOM / 2)]);
            for (int i = 0; i < 3; i++) {
                assertThat(failure(files.copy(large, target, StandardCopyOption.REPLACE_EXISTING)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("ENOSPC")
                        .hasMessageContaining(target.toString());
                assertThat(target).hasContent("old");
                try (Stream<Path> entries = Files.list(directory)) {
                    assertThat(entries).containsExactly(target);
                }
            }
            get(files.copy(fits, directory.resolve("fits")));
            assertThat(directory.resolve("fits")).hasSameBinaryContentAs(fits);
        }
    }
}
