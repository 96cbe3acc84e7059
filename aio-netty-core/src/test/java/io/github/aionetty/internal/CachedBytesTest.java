// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which call is asked, and what becomes of its answers. */
@Timeout(20)
class CachedBytesTest {
    private static final long PAGE = Memory.pageSize();
    private static final long SIZE = 10 * PAGE;
    private static final int ALWAYS = 100;

    private final FailNth kernel = new FailNth();
    private Path path;
    private int fd;

    @BeforeEach
    void open() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "cached", "");
        Files.write(path, new byte[(int) SIZE]);
        byte[] name = path.toString().getBytes(UTF_8);
        fd = LibAio.instance().open(name, OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC, 0);
    }

    @AfterEach
    void close() throws IOException {
        LibAio.instance().close(fd);
        Files.delete(path);
    }

    private CachedBytes cached() {
        return new CachedBytes(kernel.syscalls(), fd, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOSYS, Errno.EPERM, Errno.EINVAL, Errno.EOPNOTSUPP})
    void whereOneCallIsMissingOrRefusedTheOtherIsAsked(int errno) {
        kernel.fail("cachestat", 1, ALWAYS, errno);
        assertThat(cached().between(100, SIZE)).isEqualTo(SIZE - 100);
        assertThat(kernel.calls("mincore")).isOne();
    }

    /** To a stranger the kernel's mincore says that all is there: that must not be believed. */
    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.ENODEV, Errno.EACCES, Errno.ENOMEM, Errno.EAGAIN})
    void whereBothAreNothingIsKnown(int errno) {
        kernel.fail("cachestat", 1, ALWAYS, Errno.EPERM);
        kernel.fail("mincore", 1, ALWAYS, errno);
        assertThat(cached().between(0, SIZE)).isZero();
    }

    @Test
    void ofAnOverlayOnlyTheCallThatSeesTheFileBelowIsAsked() {
        long bytes = new CachedBytes(kernel.syscalls(), fd, true).between(0, SIZE);
        assertThat(bytes).isEqualTo(SIZE);
        assertThat(kernel.calls("cachestat")).isZero();
    }

    @Test
    void allOrNothingTakesOneCall() {
        LibAio real = LibAio.instance();
        boolean tells = real.cachestat(fd, 0, SIZE) == SIZE / PAGE;
        FileSystemsUnderTest.require(tells, "cachestat, Linux 6.5");
        assertThat(cached().between(1, SIZE - 1)).isEqualTo(SIZE - 2);
        assertThat(cached().between(SIZE, SIZE + PAGE)).isZero();
        assertThat(kernel.calls("cachestat")).isEqualTo(2);
        assertThat(kernel.calls("mincore")).isZero();
        assertThat(cached().between(5, 5)).isZero();
        assertThat(kernel.calls("cachestat")).isEqualTo(2);
    }

    /** Every set of four pages, and every range of them whose ends lie in the middle of a page. */
    @Test
    void bytesOutsideOfTheRangeDoNotCount() {
        for (int set = 0; set < 16; set++) {
            CachedBytes cached = new CachedBytes(holding(set), fd, false);
            for (long from = 0; from < 4 * PAGE; from += PAGE / 2) {
                for (long to = from + PAGE / 2; to <= 4 * PAGE; to += PAGE / 2) {
                    long expected = 0;
                    for (long at = from; at < to; at += PAGE / 2) {
                        expected += (set >> at / PAGE & 1) * PAGE / 2;
                    }
                    assertThat(cached.between(from, to))
                            .as("pages=%s from=%s to=%s", Integer.toBinaryString(set), from, to)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static Syscalls holding(int set) {
        return Intercepted.kernel(
                (call, arguments) -> {
                    long pages = 0;
                    long end = (long) arguments[1] + (long) arguments[2];
                    for (long at = (long) arguments[1]; at < end; at += PAGE) {
                        pages += set >> at / PAGE & 1;
                    }
                    return pages;
                });
    }
}
