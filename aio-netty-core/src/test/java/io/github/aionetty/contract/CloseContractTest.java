// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How files and contexts end. */
class CloseContractTest extends AioFileContract {

    private static long descriptorsOf(Path path) throws IOException {
        Path real = path.toRealPath();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(descriptor -> pointsTo(descriptor, real)).count();
        }
    }

    private static boolean pointsTo(Path descriptor, Path path) {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (IOException e) {
            return false;
        }
    }

    /** Fails each kind of operation and checks what becomes of its buffers. */
    private static void checkRefused(AioFile file) {
        ByteBuf src = Unpooled.directBuffer().writeLong(1);
        ByteBuf dst = Unpooled.directBuffer(8, 8);
        List<Future<?>> refused =
                List.of(
                        file.read(0, 1),
                        file.read(0, 0),
                        file.read(dst, 0),
                        file.write(src, 0),
                        file.fsync(),
                        file.fdatasync(),
                        file.truncate(0),
                        file.allocate(0, 1),
                        file.size(),
                        file.attributes());
        for (Future<?> each : refused) {
            assertThat(failure(each))
                    .isInstanceOf(AioClosedException.class)
                    .hasMessageContaining("closed");
        }
        assertThat(src.refCnt()).isZero();
        assertThat(dst.refCnt()).isOne();
        assertThat(dst.writerIndex()).isZero();
        dst.release();
    }

    @Test
    void operationsOnAClosedFileFailAndClosingAgainSucceeds() throws IOException {
        Path path = newFile(new byte[100]);
        AioFile file = open(path, READ_WRITE);
        Future<Void> first = file.close();
        assertThat(file.isOpen()).isFalse();
        Future<Void> second = file.close();
        get(first);
        get(second);
        get(file.close());
        assertThat(descriptorsOf(path)).isZero();
        checkRefused(file);
        assertThat(path).hasSize(100);
    }

    @Test
    void aCallOnTheLoopDoesNotOvertakeACloseThatIsOnItsWayThere() throws Exception {
        AioFile file = open(newFile(new byte[100]), READ_WRITE);
        CountDownLatch closing = new CountDownLatch(1);
        Future<?> checked =
                context.eventLoop()
                        .submit(
                                () -> {
                                    closing.await();
                                    checkRefused(file);
                                    return null;
                                });
        Future<Void> closed = file.close();
        closing.countDown();
        get(checked);
        get(closed);
    }

    @Test
    void closeWaitsForTheOperationsBeforeItQueuedOnesIncluded() throws IOException {
        int operations = 3 * context.metrics().capacity();
        byte[] content = Pattern.bytes(0, operations * 512);
        Path path = newFile(content);
        AioFile file = open(path, READ_WRITE);
        List<Future<ByteBuf>> reads = new ArrayList<>();
        List<Future<?>> others = new ArrayList<>();
        EventLoop loop = context.eventLoop();
        boolean[] allDone = new boolean[1];
        Future<Void>[] closed = newArray(1);
        TestLoops.run(
                loop,
                () -> {
                    for (int i = 0; i < operations; i++) {
                        reads.add(file.read(i * 512L, 512));
                    }
                    byte[] more = Pattern.bytes(content.length, 100);
                    others.add(file.write(Unpooled.wrappedBuffer(more), content.length));
                    others.add(file.fsync());
                    others.add(file.size());
                    closed[0] = file.close();
                    closed[0].addListener(
                            f ->
                                    allDone[0] =
                                            reads.stream().allMatch(Future::isSuccess)
                                                    && others.stream().allMatch(Future::isSuccess));
                });
        get(closed[0]);
        TestLoops.run(loop, () -> {});
        assertThat(allDone[0]).as("operations had completed when close did").isTrue();
        for (int i = 0; i < operations; i++) {
            ByteBuf read = get(reads.get(i));
            Pattern.check(read, content, i * 512, 512);
            read.release();
        }
        assertThat(path).hasSize(content.length + 100L);
        assertThat(descriptorsOf(path)).isZero();
    }

    @SuppressWarnings("unchecked")
    private static Future<Void>[] newArray(int length) {
        return (Future<Void>[]) new Future<?>[length];
    }

    @Test
    void theDescriptorIsClosedWithItsLastHandle() throws IOException {
        Path path = newFile(Pattern.bytes(0, 100));
        AioFile file = open(path, READ_WRITE);
        EventLoop otherLoop = loops.next();
        AioFile other = file.on(otherLoop);
        AioFile third = other.on(context.eventLoop());
        get(file.close());
        checkRefused(file);
        ByteBuf read = get(other.read(0, 100));
        Pattern.check(read, Pattern.bytes(0, 100), 0, 100);
        read.release();
        get(other.close());
        assertThat(get(third.size())).isEqualTo(100);
        assertThat(descriptorsOf(path)).isPositive();
        get(third.close());
        assertThat(descriptorsOf(path)).isZero();
        AioFile tooLate = file.on(otherLoop);
        assertThat(tooLate.isOpen()).isFalse();
        checkRefused(tooLate);
        get(tooLate.close());
    }

    @Test
    void closingAContextClosesItsFilesAndFreesItsLoopForAnother() throws IOException {
        try (TestLoops own = subject.loops(1)) {
            EventLoop loop = own.next();
            AioContext closing = subject.context(loop);
            Path path = newFile(new byte[10]);
            AioFile file = get(closing.open(path, subject.options(READ_WRITE)));
            Future<ByteBuf> read = file.read(0, 10);
            Future<Void> closed = closing.close();
            get(closed);
            get(closing.close());
            get(closing.close(loop.newPromise()));
            assertThat(closing.isOpen()).isFalse();
            assertThat(file.isOpen()).isFalse();
            assertThat(descriptorsOf(path)).isZero();
            assertThat(failure(closing.open(path))).isInstanceOf(AioClosedException.class);
            checkRefused(file);
            get(file.close());
            if (read.awaitUninterruptibly().isSuccess()) {
                read.getNow().release();
            }
            AioContext next = AioContext.of(loop);
            assertThat(next).isNotSameAs(closing);
            get(get(next.open(path)).close());
        }
    }
}
