// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What system call the loop's thread sleeps in, by the kernel's own word. */
@Timeout(30)
class UntimedSleepTest {
    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();

    @AfterEach
    void close() {
        loops.close();
    }

    /** The number of the call and its arguments. */
    private String sleepsIn() throws Exception {
        Path thread =
                loop.submit(() -> Files.readSymbolicLink(Path.of("/proc/thread-self")))
                        .get(10, TimeUnit.SECONDS);
        Path call = Path.of("/proc").resolve(thread).resolve("syscall");
        Awaitility.await().until(() -> !Files.readString(call).startsWith("running"));
        return Files.readString(call);
    }

    /** As epoll_wait has it, in its fourth argument, which counts 32 bits. */
    private static boolean isUntimed(String call) {
        return call.split(" ")[4].endsWith("ffffffff");
    }

    @Test
    void whileAContextLivesALoopWithoutTimersSleepsUntimed() throws Exception {
        // Should Netty itself do so one day, this class is not needed any more.
        assertThat(isUntimed(sleepsIn())).as("Netty sleeps untimed by itself").isFalse();
        AioContext context = AioContext.builder(loop).engine(AioEngine.KERNEL).build();
        Awaitility.await().untilAsserted(() -> assertThat(isUntimed(sleepsIn())).isTrue());
        get(context.close());
        Awaitility.await().untilAsserted(() -> assertThat(isUntimed(sleepsIn())).isFalse());
    }

    @Test
    void timersOfOthersComeInTime() throws Exception {
        AioContext context = AioContext.builder(loop).engine(AioEngine.KERNEL).build();
        ScheduledFuture<Boolean> timer = loop.schedule(() -> true, 20, TimeUnit.MILLISECONDS);
        assertThat(timer.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(context.isOpen()).isTrue();
    }
}
