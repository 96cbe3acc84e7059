// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.support.FileSystemsUnderTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loops shut down, contexts closed and files closed with I/O in flight: every promise completes,
 * and every buffer, descriptor and kernel context is given back (which {@link
 * io.github.aionetty.support.Baseline} checks).
 */
@Timeout(60)
class ShutdownTest {
    private static final int PIECE = 256 * 1024;
    private static final int PIECES = 192;
    private static final int OPERATIONS = 600;

    private Path path;
    private MultiThreadIoEventLoopGroup group;
    private AioContext context;
    private AioFile file;

    @BeforeEach
    void makeFile() throws Exception {
        Path directory = FileSystemsUnderTest.anyDirectory();
        path = Files.createTempFile(directory, "shutdown", ".bin");
        Files.write(path, new byte[PIECE * PIECES]);
    }

    @AfterEach
    void removeFile() throws Exception {
        if (!group.isTerminated()) {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
        Files.deleteIfExists(path);
    }

    private EventLoop open(AioEngine engine) throws Exception {
        boolean kernel = engine == AioEngine.KERNEL;
        group =
                new MultiThreadIoEventLoopGroup(
                        1, kernel ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        EventLoop loop = group.next();
        context = AioContext.builder(loop).engine(engine).capacity(128).build();
        file =
                context.open(
                                path,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                AioOpenOption.DIRECT)
                        .get(10, TimeUnit.SECONDS);
        return loop;
    }

    /** Reads and writes of every kind, many more than there are slots. */
    private List<Future<?>> inFlight(List<ByteBuf> buffers) {
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            long position = (long) (i % PIECES) * PIECE;
            switch (i % 5) {
                case 0 -> futures.add(file.read(position, PIECE));
                case 1 -> {
                    ByteBuf target = Unpooled.directBuffer(PIECE);
                    buffers.add(target);
                    futures.add(file.read(target, position + 1));
                }
                case 2 -> {
                    ByteBuf source = context.alloc().directBuffer(PIECE).writeZero(PIECE);
                    buffers.add(source.retain());
                    futures.add(file.write(source, position));
                }
                case 3 -> {
                    ByteBuf source = Unpooled.buffer(999).writeZero(999);
                    buffers.add(source.retain());
                    futures.add(file.write(source, position + 7));
                }
                // Few syncs: each one is a flush of the disk below the loop device.
                default -> futures.add(i % 100 == 4 ? file.fdatasync() : file.size());
            }
        }
        return futures;
    }

    /**
     * Every future completes; results are released; each buffer is left with our reference alone.
     */
    private static int settle(List<Future<?>> futures, List<ByteBuf> buffers) {
        int failed = 0;
        for (Future<?> future : futures) {
            assertThat(future.awaitUninterruptibly(30, TimeUnit.SECONDS)).isTrue();
            if (!future.isSuccess()) {
                assertThat(future.cause()).isInstanceOf(ClosedChannelException.class);
                failed++;
            } else if (future.getNow() instanceof ByteBuf read) {
                read.release();
            }
        }
        for (ByteBuf buffer : buffers) {
            if (buffer.refCnt() != 1) {
                await().untilAsserted(() -> assertThat(buffer.refCnt()).isEqualTo(1));
            }
            buffer.release();
        }
        return failed;
    }

    @ParameterizedTest
    @EnumSource(names = {"KERNEL", "THREAD_POOL"})
    void aLoopThatShutsDownCompletesEveryPromiseAndGivesEverythingBack(AioEngine engine)
            throws Exception {
        open(engine);
        List<ByteBuf> buffers = new ArrayList<>();
        List<Future<?>> futures = inFlight(buffers);
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        settle(futures, buffers);
        assertThat(group.terminationFuture().await(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> file.read(0, 1).sync()).isInstanceOf(AioClosedException.class);
        assertThatThrownBy(() -> AioContext.of(context.eventLoop()))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"KERNEL", "THREAD_POOL"})
    void aLoopThatShutsDownFromAListenerIsNoDifferent(AioEngine engine) throws Exception {
        open(engine);
        List<ByteBuf> buffers = new ArrayList<>();
        List<Future<?>> futures = inFlight(buffers);
        futures.get(40).addListener(f -> group.shutdownGracefully(0, 10, TimeUnit.SECONDS));
        settle(futures, buffers);
        assertThat(group.terminationFuture().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"KERNEL", "THREAD_POOL"})
    void aClosedContextCompletesWhatIsInFlightAndFailsWhatIsQueued(AioEngine engine)
            throws Exception {
        EventLoop loop = open(engine);
        List<ByteBuf> buffers = new ArrayList<>();
        List<Future<?>> futures = new ArrayList<>();
        // In one turn of the loop, so that nothing can complete in between.
        Future<Void> closed =
                loop.submit(
                                () -> {
                                    futures.addAll(inFlight(buffers));
                                    return context.close();
                                })
                        .get(10, TimeUnit.SECONDS);
        int failed = settle(futures, buffers);
        assertThat(failed).isGreaterThan(OPERATIONS / 2).isLessThan(OPERATIONS);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(context.isOpen()).isFalse();
        assertThat(context.close().await(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> file.size().sync()).isInstanceOf(AioClosedException.class);
        file.close().sync();
        // The loop goes on, with a context of its own anew.
        assertThat(AioContext.of(loop)).isNotSameAs(context);
        AioFile again = AioContext.of(loop).open(path).get(10, TimeUnit.SECONDS);
        assertThat(again.size().get(10, TimeUnit.SECONDS)).isEqualTo((long) PIECE * PIECES);
    }

    @ParameterizedTest
    @EnumSource(names = {"KERNEL", "THREAD_POOL"})
    void aContextClosedAndItsLoopShutDownTogetherEndOnce(AioEngine engine) throws Exception {
        open(engine);
        List<ByteBuf> buffers = new ArrayList<>();
        List<Future<?>> futures = inFlight(buffers);
        Future<Void> closed = context.close();
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        settle(futures, buffers);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(group.terminationFuture().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"KERNEL", "THREAD_POOL"})
    void aClosedFileWaitsForItsOperationsQueuedOnesIncluded(AioEngine engine) throws Exception {
        open(engine);
        List<ByteBuf> buffers = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> futures = inFlight(buffers);
        futures.forEach(f -> f.addListener(g -> done.incrementAndGet()));
        AtomicInteger doneAtClose = new AtomicInteger();
        Future<Void> closed = file.close();
        closed.addListener(f -> doneAtClose.set(done.get()));
        assertThat(file.isOpen()).isFalse();
        assertThat(settle(futures, buffers)).isZero();
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(doneAtClose.get()).isEqualTo(OPERATIONS));
        assertThatThrownBy(() -> file.read(0, 1).sync())
                .isInstanceOf(AioClosedException.class)
                .hasMessageContaining(path.toString());
        assertThat(file.close().await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"KERNEL", "THREAD_POOL"})
    void aListenerThatThrowsOrClosesHarmsNobodyElse(AioEngine engine) throws Exception {
        open(engine);
        List<ByteBuf> buffers = new ArrayList<>();
        List<Future<?>> futures = inFlight(buffers);
        futures.get(0)
                .addListener(
                        f -> {
                            throw new IllegalStateException("thrown by a listener, on purpose");
                        });
        futures.get(5).addListener(f -> file.close());
        futures.get(10).addListener(f -> context.close());
        settle(futures, buffers);
        assertThat(context.close().await(20, TimeUnit.SECONDS)).isTrue();
    }
}
