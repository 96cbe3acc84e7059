// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sync of a directory, and when it is not believed. */
class DirectorySyncTest {
    private final FailNth faults = new FailNth();

    private void sync(String fileSystem) throws IOException {
        DirectorySync.sync(faults.syscalls(), FileSystemsUnderTest.directory(fileSystem));
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        for (String each : FileSystemsUnderTest.names()) {
            Path directory =
                    Files.createTempDirectory(FileSystemsUnderTest.directory(each), "sync");
            DirectorySync.sync(faults.syscalls(), directory);
            assertThat(directory).isEmptyDirectory();
            Files.delete(directory);
        }
        assertThat(faults.calls("close")).isEqualTo(faults.calls("open"));
        assertThat(faults.calls("fsync")).isEqualTo(FileSystemsUnderTest.names().size());
    }

    @Test
    void xfsIsAskedWhetherItHasShutDown() {
        faults.fail("statx", 1, Errno.EIO);
        assertThatThrownBy(() -> sync("xfs"))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("syncDirectory failed: EIO");
        assertThat(faults.calls("close")).isEqualTo(1);
    }

    @Test
    void ext4IsAskedAgainOnceItKnowsThatItsJournalHasFailed() {
        faults.fail("open", 2, Errno.EROFS);
        faults.fail("fsync", 2, Errno.EIO);
        assertThatThrownBy(() -> sync("ext4"))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("syncDirectory failed: EIO");
        assertThat(faults.calls("close")).isEqualTo(1);
    }

    @Test
    void aDirectoryThatMayBeSyncedAndNotChangedIsSynced() throws IOException {
        faults.fail("open", 2, Errno.EROFS);
        sync("ext4");
        assertThat(faults.calls("fsync")).isEqualTo(2);
        faults.fail("open", 2, Errno.EACCES);
        sync("ext4");
        assertThat(faults.calls("fsync")).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsNamed() {
        Path missing = FileSystemsUnderTest.anyDirectory().resolve("missing");
        assertThatThrownBy(() -> DirectorySync.sync(faults.syscalls(), missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
    }
}
