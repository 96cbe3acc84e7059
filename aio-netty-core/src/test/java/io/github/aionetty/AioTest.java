// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.aionetty.child.IdleSlabsMain;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which engine there is, and what contexts tell of themselves. */
@Timeout(30)
class AioTest {

    @Test
    void whereKernelAioWorksItIsWhatEpollLoopsGet() {
        FileSystemsUnderTest.require(Aio.isAvailable(), "kernel AIO");
        assertThat(Aio.unavailabilityCause()).isNull();
        assertThatCode(Aio::ensureAvailability).doesNotThrowAnyException();
        try (TestLoops epoll = TestLoops.epoll(1);
                TestLoops nio = TestLoops.nio(1)) {
            AioContext context = AioContext.of(epoll.next());
            assertThat(context.engine()).isEqualTo(AioEngine.KERNEL);
            assertThat(context.metrics().capacity()).isEqualTo(256);
            assertThat(AioContext.of(nio.next()).engine()).isEqualTo(AioEngine.THREAD_POOL);
        }
    }

    @Test
    void aLoopHasOneContextWhicheverThreadAsks() throws InterruptedException {
        try (TestLoops loops = TestLoops.epoll(1)) {
            EventLoop loop = loops.next();
            AioContext[] asked = new AioContext[4];
            Thread[] threads = new Thread[asked.length];
            for (int i = 0; i < asked.length; i++) {
                int number = i;
                threads[i] = new Thread(() -> asked[number] = AioContext.of(loop));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            AioContext fromTheLoop = get(loop.submit(() -> AioContext.of(loop)));
            assertThat(asked).containsOnly(fromTheLoop);
            assertThat(fromTheLoop.eventLoop()).isSameAs(loop);
            assertThat(fromTheLoop.isOpen()).isTrue();
            assertThat(fromTheLoop.toString()).contains("KERNEL");
        }
    }

    @Test
    void theSlabsOfReadsAreCountedAndGoWithTheirContext() throws IOException {
        long before = AioBuffers.slabMemory();
        Path path = Files.createTempFile("slabs", "");
        Files.write(path, new byte[10_000]);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioContext context = AioContext.of(loops.next());
            AioFile file = get(context.open(path));
            ByteBuf read = get(file.read(0, 10_000));
            assertThat(AioBuffers.slabMemory()).isGreaterThan(before);
            assertThat(AioBuffers.maxSlabMemory()).isGreaterThan(AioBuffers.slabMemory());
            get(context.close());
            assertThat(AioBuffers.slabMemory()).as("the buffer is out").isGreaterThan(before);
            assertThat(read.getByte(9_999)).isZero();
            read.release();
            Awaitility.await().until(() -> AioBuffers.slabMemory() == before);
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void theSlabsOfAnIdleContextGoAndKeepNoJvmFromEnding() throws Exception {
        Path path = Files.createTempFile("idle", "");
        Files.write(path, new byte[10_000]);
        try {
            ChildJvm.Result result =
                    new ChildJvm()
                            .option("-Dio.github.aionetty.slabIdleMillis=20")
                            .within(20)
                            .run(IdleSlabsMain.class, path.toString());
            assertThat(result.output()).contains("all checked, held: 10000");
            assertThat(result.exitCode()).as(result.output()).isZero();
        } finally {
            Files.delete(path);
        }
    }
}
