// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.CountedPromise;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.Pattern;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Threads that ask one context for reads, writes and syncs, thousands ahead, until told to stop.
 */
final class Load implements AutoCloseable {
    private static final int BYTES = 1 << 20;
    private static final int BLOCK = 4096;
    private static final int THREADS = 4;

    /** So many may be out; far more than a context holds. */
    private static final int AHEAD = 2_000;

    /** What callers ask for in vain before they give up. */
    private static final int REFUSALS = 500;

    /** What the file holds, and what is written to it again. */
    static final byte[] CONTENT = Pattern.bytes(0, BYTES);

    private final Queue<Future<?>> futures = new ConcurrentLinkedQueue<>();
    private final Queue<ByteBuf> buffers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final EventLoop loop;
    private final AioContext context;
    private final AioFile file;
    private volatile boolean stopped;

    Load(EventLoop loop, AioEngine engine, Path path) throws Exception {
        this.loop = loop;
        Files.write(path, CONTENT);
        context = AioContext.builder(loop).engine(engine).capacity(64).build();
        file =
                Futures.get(
                        context.open(
                                path,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                AioOpenOption.DIRECT));
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> work(number), "caller-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void work(int thread) {
        try {
            for (int i = thread; !stopped && refused.get() < REFUSALS; i += THREADS) {
                while (begun.get() - ended.get() > AHEAD && !stopped) {
                    LockSupport.parkNanos(1_000_000);
                }
                Future<?> future = begin(i);
                begun.incrementAndGet();
                futures.add(future);
                future.addListener(this::ended);
            }
        } catch (Throwable t) {
            wrong.add(t);
        }
    }

    private void ended(Future<?> done) {
        if (!done.isSuccess()) {
            refused.incrementAndGet();
        }
        ended.incrementAndGet();
    }

    /** Tells whoever completes it, for a loop that has ended tells nobody. */
    private <T> Promise<T> promise() {
        return new CountedPromise<>(ImmediateEventExecutor.INSTANCE, twice::incrementAndGet);
    }

    private Future<?> begin(int number) {
        int position = number % (BYTES / BLOCK - 4) * BLOCK;
        switch (number % 6) {
            case 0:
                return file.read(position + 13, 3 * BLOCK, promise());
            case 1:
                ByteBuf target = Unpooled.directBuffer(BLOCK, BLOCK);
                buffers.add(target);
                return file.read(target, position, promise());
            case 2:
                ByteBuf block = context.alloc().directBuffer(BLOCK);
                buffers.add(block.writeBytes(CONTENT, position, BLOCK).retain());
                return file.write(block, position, promise());
            case 3:
                ByteBuf part = Unpooled.buffer(99).writeBytes(CONTENT, position + 5, 99);
                buffers.add(part.retain());
                return file.write(part, position + 5, promise());
            case 4:
                return file.read(position, 2 * BLOCK, promise());
            default:
                return number % 200 == 5 ? file.fdatasync(promise()) : file.size(promise());
        }
    }

    /** Waits for so many more to come back. */
    void await(int operations) {
        int enough = ended.get() + operations;
        Awaitility.await("operations end")
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> ended.get() >= enough);
    }

    /** Has the callers end. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread each : threads) {
            each.join(20_000);
            assertThat(each.isAlive()).isFalse();
        }
    }

    int operations() {
        return begun.get();
    }

    /**
     * Waits for everything, and gives it back.
     *
     * @return how many were refused because of the end
     */
    int settle() {
        Awaitility.await("every promise is completed")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> ended.get() >= begun.get());
        for (Future<?> each : futures) {
            assertThat(each.isDone()).isTrue();
            if (!each.isSuccess()) {
                assertThat(each.cause())
                        .isInstanceOfAny(
                                ClosedChannelException.class, RejectedExecutionException.class);
            } else if (each.getNow() instanceof ByteBuf read) {
                read.release();
            }
        }
        for (ByteBuf each : buffers) {
            if (each.refCnt() != 1) {
                Awaitility.await().untilAsserted(() -> assertThat(each.refCnt()).isEqualTo(1));
            }
            each.release();
        }
        assertThat(wrong).isEmpty();
        assertThat(twice.get()).as("promises completed twice").isZero();
        return refused.get();
    }

    @Override
    public void close() {
        stopped = true;
        if (!loop.isShuttingDown()) {
            Futures.get(context.close());
        }
    }
}
