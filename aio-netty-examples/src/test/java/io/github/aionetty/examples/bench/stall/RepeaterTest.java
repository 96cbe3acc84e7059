// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Again and again, as long as the other lasts, and failures are not lost. */
@Timeout(30)
class RepeaterTest {
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final CompletableFuture<Void> other = new CompletableFuture<>();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void repeatsUntilTheOtherIsDone() throws Exception {
        AtomicInteger times = new AtomicInteger();
        CompletableFuture<?> both =
                start(
                        n -> {
                            assertThat(n).isEqualTo(times.getAndIncrement());
                            if (n == 10) {
                                other.complete(null);
                            }
                            return CompletableFuture.completedFuture(null);
                        });
        both.get();
        assertThat(times.get()).isGreaterThan(10);
    }

    @Test
    void waitsForWhatItBegan() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<?> both = start(n -> begun);
        other.complete(null);
        loop.submit(() -> {}).sync();
        assertThat(both).isNotDone();
        begun.complete(null);
        both.get();
    }

    @Test
    void failsWithEither() {
        CompletableFuture<?> first =
                start(n -> CompletableFuture.failedFuture(new IllegalStateException("first")));
        assertThatThrownBy(first::get).hasMessageContaining("first");
        CompletableFuture<?> second = start(n -> CompletableFuture.completedFuture(null));
        other.completeExceptionally(new IllegalStateException("second"));
        assertThatThrownBy(second::get).hasMessageContaining("second");
    }

    private CompletableFuture<?> start(
            java.util.function.IntFunction<java.util.concurrent.CompletionStage<?>> action) {
        return CompletableFuture.supplyAsync(() -> Repeater.repeat(loop, other, action), loop)
                .thenCompose(both -> both);
    }
}
