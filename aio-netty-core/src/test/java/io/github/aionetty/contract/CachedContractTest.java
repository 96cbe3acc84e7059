// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.support.Pattern;
import io.netty.util.concurrent.DefaultPromise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the page cache holds of a file, and that nobody changes it by asking. */
@EnabledOnOs(OS.LINUX)
class CachedContractTest extends AioFileContract {
    private static final int PAGE = Memory.pageSize();
    private static final int SIZE = 40 * PAGE + 1000;

    private static void write(Path path, int position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(Pattern.bytes(position, length)), position);
        }
    }

    /** Dirty pages stay, so they are written first; a tmpfs keeps the others too. */
    private static void drop(Path path) throws Exception {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        // With a count of 0 it does nothing but posix_fadvise with POSIX_FADV_DONTNEED.
        Process dd =
                new ProcessBuilder("dd", "if=" + path, "iflag=nocache", "count=0")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(dd.getInputStream().readAllBytes());
        assertThat(dd.waitFor()).as(said).isZero();
    }

    private boolean keepsAll() {
        return subject.fileSystem().equals("tmpfs");
    }

    @Test
    void whatWasWrittenIsCached() throws IOException {
        AioFile file = open(newFile(Pattern.bytes(0, SIZE)));
        assertThat(get(file.cached(0, SIZE))).isEqualTo(SIZE);
        assertThat(get(file.cached(0, 1))).isEqualTo(1);
        assertThat(get(file.cached(PAGE - 1, 2))).isEqualTo(2);
        assertThat(get(file.cached(5, 0))).isZero();
        get(file.close());
    }

    @Test
    void whatIsBehindTheEndIsNot() throws IOException {
        AioFile file = open(newFile(Pattern.bytes(0, SIZE)));
        assertThat(get(file.cached(0, Long.MAX_VALUE))).isEqualTo(SIZE);
        assertThat(get(file.cached(SIZE - 10, 11))).isEqualTo(10);
        assertThat(get(file.cached(SIZE, 1))).isZero();
        assertThat(get(file.cached(Long.MAX_VALUE, 0))).isZero();
        assertThat(get(file.cached(1L << 62, 1L << 61))).isZero();
        get(file.close());
        AioFile empty = open(newFile(new byte[0]));
        assertThat(get(empty.cached(0, SIZE))).isZero();
        get(empty.close());
    }

    @Test
    void whatWasDroppedIsNotAndAskingBringsNothingBack() throws Exception {
        Path path = newFile(Pattern.bytes(0, SIZE));
        drop(path);
        AioFile file = open(path);
        long left = keepsAll() ? SIZE : 0;
        for (int i = 0; i < 3; i++) {
            assertThat(get(file.cached(0, SIZE))).isEqualTo(left);
            assertThat(get(file.cached(3 * PAGE, 100))).isEqualTo(keepsAll() ? 100 : 0);
        }
        get(file.close());
    }

    @Test
    void ofWhatIsPartlyCachedTheBytesAreCounted() throws Exception {
        Path path = newFile(Pattern.bytes(0, SIZE));
        drop(path);
        write(path, 16 * PAGE, 2 * PAGE);
        AioFile file = open(path);
        if (keepsAll()) {
            assertThat(get(file.cached(0, SIZE))).isEqualTo(SIZE);
        } else {
            assertThat(get(file.cached(0, SIZE))).isEqualTo(2 * PAGE);
            assertThat(get(file.cached(0, 16 * PAGE))).isZero();
            assertThat(get(file.cached(18 * PAGE, SIZE))).isZero();
            assertThat(get(file.cached(16 * PAGE + 100, 50))).isEqualTo(50);
            assertThat(get(file.cached(16 * PAGE - 10, 20))).isEqualTo(10);
            assertThat(get(file.cached(17 * PAGE + 10, 2 * PAGE))).isEqualTo(PAGE - 10);
            assertThat(get(file.cached(15 * PAGE + 7, 3 * PAGE))).isEqualTo(2 * PAGE);
        }
        get(file.close());
    }

    @Test
    void thePromiseGivenIsTheOneCompleted() throws IOException {
        AioFile file = open(newFile(Pattern.bytes(0, 100)));
        DefaultPromise<Long> promise = new DefaultPromise<>(context.eventLoop());
        assertThat(file.cached(10, 50, promise)).isSameAs(promise);
        assertThat(get(promise)).isEqualTo(50);
        get(file.close());
        assertThat(failure(file.cached(0, 1))).isInstanceOf(AioClosedException.class);
    }
}
