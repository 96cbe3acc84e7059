// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** When completions are taken up, on the real kernel: reads of the page cache complete at once. */
@Timeout(30)
class ReapTest {
    private static final byte[] CONTENT = Pattern.bytes(0, 64 * 1024);

    private static final int CHAIN = 5;
    private static final int MANY = 1000;

    private final TestLoops loops = TestLoops.epoll(1);
    private final SingleThreadIoEventLoop loop = (SingleThreadIoEventLoop) loops.next();
    private AioFile file;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), CONTENT);
        AioContext context = AioContext.builder(loop).engine(AioEngine.KERNEL).build();
        RoutedFiles.withoutDetector((DefaultAioContext) context);
        file = get(context.open(path));
        // The first one goes to a helper, and teaches that the page cache has it.
        get(file.read(0, CONTENT.length)).release();
    }

    @AfterEach
    void close() {
        loops.close();
    }

    /** Without another turn of the loop: its tail has found the completion. */
    @Test
    @DisabledIfSystemProperty(named = CompletionRing.REAP_PROPERTY, matches = "syscall")
    void whatCompletesInsideOfTheCallIsTakenUpInTheSameTurn() throws Exception {
        AtomicReference<Boolean> atTail = new AtomicReference<>();
        Future<ByteBuf> read =
                loop.submit(
                                () -> {
                                    Future<ByteBuf> begun = file.read(0, 4096);
                                    assertThat(begun.isDone()).as("inside of the call").isFalse();
                                    loop.executeAfterEventLoopIteration(
                                            () -> atTail.set(begun.isDone()));
                                    return begun;
                                })
                        .get(10, TimeUnit.SECONDS);
        get(read).release();
        Awaitility.await().until(() -> atTail.get() != null);
        assertThat(atTail.get()).isTrue();
    }

    /** What a listener asks for is submitted and, where it has completed, told of at once, too. */
    @Test
    @DisabledIfSystemProperty(named = CompletionRing.REAP_PROPERTY, matches = "syscall")
    void soIsWhatListenersAskFor() throws Exception {
        ReadChain chain = new ReadChain(file, 512, CHAIN, Runnable::run);
        AtomicInteger atTail = new AtomicInteger(-1);
        loop.submit(
                        () -> {
                            chain.begin();
                            loop.executeAfterEventLoopIteration(() -> atTail.set(chain.done()));
                        })
                .get(10, TimeUnit.SECONDS);
        Awaitility.await().until(() -> atTail.get() >= 0);
        assertThat(atTail).hasValue(CHAIN);
    }

    /** A chain of reads that each begin when the last has ended takes turns with others. */
    @Test
    void listenersThatReadOnAndOnLeaveOthersTheirTurns() {
        ReadChain chain = new ReadChain(file, 512, 20 * Turn.COMPLETIONS, Runnable::run);
        assertThat(chain.turnsOfOthers(loop)).isGreaterThanOrEqualTo(15);
    }

    /** A listener that reads on from the tail of its turn, where there is always one task more. */
    @Test
    void thoseThatReadOnFromTheTailLeaveThemToo() {
        ReadChain chain = new ReadChain(file, 512, MANY, loop::executeAfterEventLoopIteration);
        assertThat(chain.turnsOfOthers(loop)).isGreaterThan(MANY / 10);
    }

    /** On a loop without a tail, whose tasks may add tasks to the same turn. */
    @Test
    void soDoThoseOfAManualLoop(@TempDir Path directory) throws Exception {
        ManualIoEventLoop manual =
                new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
        AioContext context = AioContext.builder(manual).engine(AioEngine.KERNEL).build();
        RoutedFiles.withoutDetector((DefaultAioContext) context);
        AioFile cached =
                await(manual, context.open(Files.write(directory.resolve("manual"), CONTENT)));
        await(manual, cached.read(0, CONTENT.length)).release();
        ReadChain chain = new ReadChain(cached, 512, MANY, manual::execute);
        chain.begin();
        int runs = 0;
        while (!chain.isDone()) {
            manual.runNow();
            runs++;
        }
        assertThat(runs).isGreaterThan(MANY / 10);
        manual.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!manual.isTerminated()) {
            manual.runNow();
        }
    }

    private static <T> T await(ManualIoEventLoop manual, Future<T> future) {
        while (!future.isDone()) {
            manual.runNow();
        }
        return future.getNow();
    }
}
