// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.Pattern;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every byte, and not one more. */
@ParameterizedClass
@MethodSource("io.github.aionetty.copy.Between#all")
class CopyContentTest extends CopyContract {

    @Test
    void everySizeAroundBlocksAndPiecesIsCopiedToTheByte() throws IOException {
        int[] few = {1, 4097, MIB + 1, 8 * MIB + 1, 9 * MIB + 4096};
        int[] all = {
            0,
            1,
            511,
            512,
            513,
            4095,
            4096,
            4097,
            65_536,
            65_537,
            MIB - 1,
            MIB,
            MIB + 1,
            8 * MIB - 1,
            8 * MIB,
            8 * MIB + 1,
            9 * MIB + 4096,
            33 * MIB + 12_345
        };
        for (int size : between.direct() ? all : few) {
            Path source = source(size);
            Path target = to.resolve("target" + size);
            get(files.copy(source, target));
            assertSame(target, source);
        }
    }

    @Test
    void whatHasOnlyJustBeenWrittenIsCopied() throws IOException {
        Path source = source(20 * MIB);
        try (FileChannel open = FileChannel.open(source, StandardOpenOption.WRITE)) {
            write(source, 20 * MIB, 10_000);
            Path target = to.resolve("target");
            get(files.copy(source, target));
            assertThat(Files.readAllBytes(target)).isEqualTo(Pattern.bytes(0, 20 * MIB + 10_000));
            assertThat(open.isOpen()).isTrue();
        }
    }

    @Test
    void filesOfProcHaveNoSizeAndAreCopiedAllTheSame() throws IOException {
        Path target = to.resolve("version");
        get(files.copy(Path.of("/proc/version"), target));
        assertSame(target, Path.of("/proc/version"));
        get(files.copy(Path.of("/proc/version"), target, StandardCopyOption.REPLACE_EXISTING));
    }

    @Test
    void severalThreadsCopyOneFileAtOnce() throws Exception {
        Path source = source(9 * MIB + 77);
        List<Future<Void>> copies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path target = to.resolve("target" + i);
            Thread thread =
                    new Thread(
                            () -> {
                                Future<Void> copy = files.copy(source, target);
                                synchronized (copies) {
                                    copies.add(copy);
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Future<Void> copy : copies) {
            get(copy);
        }
        for (int i = 0; i < 4; i++) {
            assertSame(to.resolve("target" + i), source);
        }
    }

    @Test
    void ofSeveralCopiesToOneNameOneWins() throws IOException {
        Path source = source(3 * MIB);
        Path target = to.resolve("target");
        List<Future<Void>> copies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            copies.add(files.copy(source, target));
        }
        int succeeded = 0;
        for (Future<Void> copy : copies) {
            copy.awaitUninterruptibly();
            succeeded += copy.isSuccess() ? 1 : 0;
        }
        assertThat(succeeded).isEqualTo(1);
        assertSame(target, source);
        assertThat(names(to)).containsExactly("target");
    }

    @Test
    void theFutureCompletesOnTheLoop() throws Exception {
        AtomicBoolean onLoop = new AtomicBoolean();
        EventLoop mine = loop;
        Future<Void> copy = files.copy(source(100), to.resolve("target"));
        Future<Void> listened =
                copy.addListener(f -> onLoop.set(mine.inEventLoop())).addListener(f -> {});
        get(listened);
        mine.submit(() -> {}).sync();
        assertThat(onLoop).isTrue();
    }
}
