// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.nio.file.ExtendedOpenOption;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.OpenFlags;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Open options as flags of open(2). */
@Timeout(20)
class OpenRequestTest {
    private static final int ALWAYS = OpenFlags.O_CLOEXEC | OpenFlags.O_NOCTTY;
    private static final Path PATH = Path.of("file");

    private static OpenRequest request(OpenOption... options) {
        return new OpenRequest(PATH, new HashSet<>(Arrays.asList(options)));
    }

    private static void check(int expected, OpenOption... options) {
        assertThat(request(options).flags())
                .as(Arrays.toString(options))
                .isEqualTo(expected | ALWAYS);
    }

    @Test
    void accessIsWhatWasAskedForAndReadWithoutAny() {
        check(OpenFlags.O_RDONLY);
        check(OpenFlags.O_RDONLY, StandardOpenOption.READ);
        check(OpenFlags.O_WRONLY, StandardOpenOption.WRITE);
        check(OpenFlags.O_RDWR, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    @Test
    void creationAndTruncationNeedWrite() {
        OpenOption write = StandardOpenOption.WRITE;
        check(OpenFlags.O_WRONLY | OpenFlags.O_CREAT, write, StandardOpenOption.CREATE);
        int exclusive = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
        check(exclusive, write, StandardOpenOption.CREATE_NEW);
        check(exclusive, write, StandardOpenOption.CREATE_NEW, StandardOpenOption.CREATE);
        check(OpenFlags.O_WRONLY | OpenFlags.O_TRUNC, write, StandardOpenOption.TRUNCATE_EXISTING);
        check(
                OpenFlags.O_RDONLY,
                StandardOpenOption.READ,
                StandardOpenOption.CREATE,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Test
    void theOtherOptionsHaveFlagsOfTheirOwn() {
        check(OpenFlags.O_RDONLY | OpenFlags.O_SYNC, StandardOpenOption.SYNC);
        check(OpenFlags.O_RDONLY | OpenFlags.O_DSYNC, StandardOpenOption.DSYNC);
        check(OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, LinkOption.NOFOLLOW_LINKS);
        check(OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, StandardOpenOption.DELETE_ON_CLOSE);
        check(OpenFlags.O_RDONLY, StandardOpenOption.SPARSE);
        check(OpenFlags.O_RDONLY | OpenFlags.O_DIRECT, AioOpenOption.DIRECT);
        check(OpenFlags.O_RDONLY | OpenFlags.O_DIRECT, ExtendedOpenOption.DIRECT);
    }

    @Test
    void appendIsRefusedAndSaysWhatToDo() {
        assertThatThrownBy(() -> request(StandardOpenOption.APPEND, StandardOpenOption.WRITE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("APPEND")
                .hasMessageContaining("size()");
    }

    private enum Foreign implements OpenOption {
        STRANGE
    }

    @Test
    void unknownOptionsAndNullAreRefused() {
        assertThatThrownBy(() -> request(Foreign.STRANGE))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("STRANGE");
        assertThatThrownBy(() -> request((OpenOption) null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void theModeIsThatOfThePermissions() {
        assertThat(request().mode()).isEqualTo(0666);
        for (Map.Entry<String, Integer> each :
                Map.of("rwxrwxrwx", 0777, "r--------", 0400, "-w--w---x", 0221, "---------", 0)
                        .entrySet()) {
            OpenRequest request =
                    new OpenRequest(
                            PATH,
                            Set.of(),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString(each.getKey())));
            assertThat(request.mode()).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    @Test
    void pathsOfOtherProvidersAreRefused(@TempDir Path directory) throws IOException {
        URI zip = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            assertThatThrownBy(() -> new OpenRequest(inside.getPath("/x"), Set.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("path=/x")
                    .hasMessageContaining("provider jar");
        }
    }
}
