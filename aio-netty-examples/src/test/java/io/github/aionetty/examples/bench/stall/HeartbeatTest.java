// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stops a loop shows, in the window in which it does. */
class HeartbeatTest {
    private static final long BLOCKED_MILLIS = 20;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void seesABlockedLoopAndOnlyThen() throws Exception {
        try (Heartbeat heartbeat = new Heartbeat(loop)) {
            heartbeat.begin();
            loop.submit(HeartbeatTest::block).sync();
            assertThat(heartbeat.end())
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(BLOCKED_MILLIS / 2));
            assertThat(quietestOfMany(heartbeat)).isLessThan(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    void seesABlockThatLastsBeyondTheWindow() throws Exception {
        try (Heartbeat heartbeat = new Heartbeat(loop)) {
            heartbeat.begin();
            loop.execute(HeartbeatTest::block);
            assertThat(heartbeat.end())
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(BLOCKED_MILLIS / 2));
        }
    }

    /** A busy machine makes noise, and not in every window. */
    private static long quietestOfMany(Heartbeat heartbeat) throws Exception {
        long quietest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            heartbeat.begin();
            Thread.sleep(5);
            quietest = Math.min(quietest, heartbeat.end());
        }
        return quietest;
    }

    /** As a system call would: the thread does not listen. */
    private static void block() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BLOCKED_MILLIS);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
