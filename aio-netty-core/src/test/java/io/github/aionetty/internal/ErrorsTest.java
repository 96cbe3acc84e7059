// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error numbers as exceptions. */
@Timeout(20)
class ErrorsTest {
    private static final Path PATH = Path.of("/some/file");

    @Test
    void whatTheJdkHasAnExceptionForGetsThatOne() {
        assertThat(Errors.of(-Errno.ENOENT, "open", PATH))
                .isExactlyInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("/some/file")
                .hasMessageContaining("open failed");
        assertThat(Errors.of(-Errno.EEXIST, "open", PATH))
                .isExactlyInstanceOf(FileAlreadyExistsException.class);
        assertThat(Errors.of(-Errno.EACCES, "open", PATH))
                .isExactlyInstanceOf(AccessDeniedException.class);
    }

    @Test
    void anyOtherNamesErrorPlaceAndFile() {
        IOException error = Errors.of(-Errno.EIO, "read", PATH, 4096, 512);
        assertThat(error)
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith("/some/file: read failed: EIO (")
                .hasMessageEndingWith("), position=4096, length=512");
        AioException aio = (AioException) error;
        assertThat(aio.errno()).isEqualTo(Errno.EIO);
        assertThat(aio.operation()).isEqualTo("read");
        assertThat(aio.position()).isEqualTo(4096);
        assertThat(aio.length()).isEqualTo(512);
        assertThat(aio.getFile()).isEqualTo("/some/file");
    }

    @Test
    void whatHasNoPlaceOrFileNamesNone() {
        AioException error = (AioException) Errors.of(-Errno.EIO, "fsync", null);
        assertThat(error.getMessage())
                .startsWith("fsync failed: EIO (")
                .doesNotContain("position")
                .doesNotContain("null");
        assertThat(error.position()).isEqualTo(-1);
        assertThat(error.length()).isEqualTo(-1);
    }

    @Test
    void withoutAnErrorNumberTheRemedySaysIt() {
        assertThat(new AioException(0, "open", "f", -1, -1, "do this"))
                .hasMessage("f: open failed; do this");
    }

    @ParameterizedTest
    @CsvSource({
        "24, ulimit -n",
        "23, fs.file-max",
        "28, free space",
        "30, read-only",
        "21, AioFiles.list",
        "9, add READ or WRITE",
        "122, quota"
    })
    void whereThereIsARemedyItIsNamed(int errno, String remedy) {
        assertThat(Errors.of(-errno, "open", PATH))
                .hasMessageContaining("; ")
                .hasMessageContaining(remedy);
    }

    @Test
    void closedIsAClosedChannelWithAMessage() {
        assertThat(new AioClosedException("closed because"))
                .isInstanceOf(ClosedChannelException.class)
                .hasMessage("closed because");
    }
}
