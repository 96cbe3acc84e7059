// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that read again at once must not keep other devices' operations waiting for ever. */
@Timeout(60)
class StarvationTest {
    private static final int FILE = 1 << 20;
    private static final int BLOCK = 4096;

    private final AtomicBoolean stop = new AtomicBoolean();

    /** So few that one device may have them all, and has, without an operation that waits. */
    private static final int CAPACITY = 4;

    @Test
    void anOperationThatWaitsGetsItsTurn() throws Exception {
        Path busyPath = FileSystemsUnderTest.directory("ext4").resolve("busy.bin");
        Path victimPath = FileSystemsUnderTest.directory("xfs").resolve("victim.bin");
        Files.write(busyPath, new byte[FILE]);
        Files.write(victimPath, new byte[FILE]);
        try (TestLoops loops = TestLoops.epoll(1)) {
            EventLoop loop = loops.next();
            AioContext context = AioContext.builder(loop).capacity(CAPACITY).build();
            AioFile busy = open(context, busyPath);
            AioFile victim = open(context, victimPath);
            TestLoops.run(
                    loop,
                    () -> {
                        for (int i = 0; i < CAPACITY; i++) {
                            readAgainAndAgain(busy, i);
                        }
                    });
            Future<ByteBuf> read = victim.read(0, BLOCK);
            boolean inTime = read.awaitUninterruptibly(5000);
            stop.set(true);
            get(read).release();
            assertThat(inTime).isTrue();
            get(context.close());
        } finally {
            Files.delete(busyPath);
            Files.delete(victimPath);
        }
    }

    private static AioFile open(AioContext context, Path path) {
        return get(context.open(path, StandardOpenOption.READ, AioOpenOption.DIRECT));
    }

    private void readAgainAndAgain(AioFile file, int block) {
        file.read((long) block * BLOCK % FILE, BLOCK)
                .addListener(
                        (Future<ByteBuf> read) -> {
                            if (read.isSuccess()) {
                                read.getNow().release();
                            }
                            if (read.isSuccess() && !stop.get()) {
                                readAgainAndAgain(file, block + 1);
                            }
                        });
    }
}
