// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.support.Futures;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The look at a file on whose end a stream's executor may end, or be too busy. */
@Timeout(60)
class UnchangedCheckTest {
    private static final int LENGTH = 100;

    private final BlockingQueue<Promise<ByteBuf>> reads = new ArrayBlockingQueue<>(1);
    private final AtomicBoolean told = new AtomicBoolean();
    private final EventExecutor executor =
            new DefaultEventExecutor(
                    null,
                    new DefaultThreadFactory(UnchangedCheckTest.class),
                    16,
                    RejectedExecutionHandlers.reject());

    @AfterEach
    void end() {
        executor.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static AioFileAttributes attributes(long size, long millis) {
        return new AioFileAttributes(
                size, FileTime.fromMillis(millis), 0, 0, AioFileAttributes.Kind.REGULAR_FILE);
    }

    /** A file that has grown: its first chunk is read again. */
    @SuppressWarnings("unchecked")
    private final AioFile file =
            (AioFile)
                    Proxy.newProxyInstance(
                            AioFile.class.getClassLoader(),
                            new Class<?>[] {AioFile.class},
                            (proxy, method, args) ->
                                    switch (method.getName()) {
                                        case "read" -> {
                                            reads.add((Promise<ByteBuf>) args[2]);
                                            yield args[2];
                                        }
                                        case "attributes" ->
                                                ((Promise<AioFileAttributes>) args[0])
                                                        .setSuccess(attributes(LENGTH + 1, 2));
                                        default -> Path.of("file");
                                    });

    private Promise<ByteBuf> ask() throws Exception {
        UnchangedCheck check =
                new UnchangedCheck(
                        file, executor, attributes(LENGTH, 1), LENGTH, () -> told.set(true));
        executor.submit(
                        () -> {
                            ReadAheadSlot only = new ReadAheadSlot(null, executor, 0, LENGTH);
                            only.setSuccess(Unpooled.buffer(LENGTH).writeZero(LENGTH));
                            check.first(only);
                            only.getNow().release();
                            check.hasPassed(only);
                        })
                .sync();
        return reads.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsReadAgainForAnExecutorThatHasEndedIsReleased() throws Exception {
        Promise<ByteBuf> read = ask();
        end();
        ByteBuf late = Unpooled.buffer(LENGTH).writeZero(LENGTH);
        read.setSuccess(late);
        assertThat(late.refCnt()).isZero();
        assertThat(told).isFalse();
    }

    @Test
    void anExecutorWhoseQueueIsFullLearnsOfItAllTheSame() throws Exception {
        Promise<ByteBuf> read = ask();
        CountDownLatch until = new CountDownLatch(1);
        ByteBuf again = Unpooled.buffer(LENGTH).writeZero(LENGTH);
        try {
            for (int i = 0; i < 17; i++) {
                Promise<Void> one = ImmediateEventExecutor.INSTANCE.newPromise();
                execute(until, one);
                if (i == 0) {
                    Futures.get(one);
                }
            }
            read.setSuccess(again);
        } finally {
            until.countDown();
        }
        Awaitility.await().untilTrue(told);
        assertThat(again.refCnt()).isZero();
    }

    private void execute(CountDownLatch until, Promise<Void> begun) {
        executor.execute(
                () -> {
                    begun.setSuccess(null);
                    try {
                        until.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
