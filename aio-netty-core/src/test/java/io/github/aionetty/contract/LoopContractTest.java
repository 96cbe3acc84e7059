// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On which thread things happen, and many of them at once. */
class LoopContractTest extends AioFileContract {

    /** Runs every operation in its promise form; the promises must be the ones given. */
    private List<Future<?>> everyOperation(AioFile file, EventLoop loop, ByteBuf dst) {
        List<Promise<?>> promises = new ArrayList<>();
        List<Future<?>> futures = new ArrayList<>();
        Promise<ByteBuf> read = loop.newPromise();
        promises.add(read);
        futures.add(file.read(1, 100, read));
        Promise<Integer> readInto = loop.newPromise();
        promises.add(readInto);
        futures.add(file.read(dst, 1, readInto));
        Promise<Integer> write = loop.newPromise();
        promises.add(write);
        futures.add(file.write(Unpooled.directBuffer().writeZero(4096), 8192, write));
        Promise<Long> size = loop.newPromise();
        promises.add(size);
        futures.add(file.size(size));
        Promise<AioFileAttributes> attributes = loop.newPromise();
        promises.add(attributes);
        futures.add(file.attributes(attributes));
        for (int i = 0; i < 4; i++) {
            Promise<Void> promise = loop.newPromise();
            promises.add(promise);
            futures.add(
                    switch (i) {
                        case 0 -> file.fsync(promise);
                        case 1 -> file.fdatasync(promise);
                        case 2 -> file.truncate(20_000, promise);
                        default -> file.allocate(0, 100, promise);
                    });
        }
        assertThat(futures).hasSameSizeAs(promises);
        for (int i = 0; i < futures.size(); i++) {
            assertThat((Object) futures.get(i)).isSameAs(promises.get(i));
        }
        return futures;
    }

    private void checkEveryOperation(AioFile file, EventLoop loop) throws Exception {
        ByteBuf dst = Unpooled.directBuffer(50, 50);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Future<?>> futures = everyOperation(file, loop, dst);
        CountDownLatch listened = new CountDownLatch(futures.size());
        for (Future<?> future : futures) {
            future.addListener(
                    f -> {
                        if (!loop.inEventLoop()) {
                            wrong.add(f + " on " + Thread.currentThread());
                        }
                        listened.countDown();
                    });
        }
        assertThat(listened.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
        futures.forEach(Futures::get);
        ((ByteBuf) futures.get(0).getNow()).release();
        dst.release();
    }

    @Test
    void everyOperationCompletesTheVeryPromiseOnTheFilesLoop() throws Exception {
        AioFile file = open(newFile(new byte[20_000]), READ_WRITE);
        checkEveryOperation(file, context.eventLoop());
        EventLoop otherLoop = loops.next();
        AioFile other = file.on(otherLoop);
        assertThat(other.context().eventLoop()).isSameAs(otherLoop);
        checkEveryOperation(other, otherLoop);
        Promise<Void> closed = otherLoop.newPromise();
        assertThat((Object) other.close(closed)).isSameAs(closed);
        get(closed);
        get(file.close());
    }

    @Test
    void callsFromTheLoopItselfComplete() throws IOException {
        byte[] content = Pattern.bytes(0, 10_000);
        AioFile file = open(newFile(content), READ_WRITE);
        List<Future<ByteBuf>> reads = new ArrayList<>();
        TestLoops.run(
                context.eventLoop(),
                () -> {
                    for (int i = 0; i < 100; i++) {
                        reads.add(file.read(i * 97, 113));
                    }
                });
        for (int i = 0; i < 100; i++) {
            ByteBuf read = get(reads.get(i));
            Pattern.check(read, content, i * 97, 113);
            read.release();
        }
        get(file.close());
    }

    @Test
    void operationsStartedByAListenerComplete() throws IOException {
        AioFile file = open(newFile(Pattern.bytes(0, 4096)), READ_WRITE);
        Promise<Integer> end = context.eventLoop().newPromise();
        readOneAfterTheOther(file, 500, end);
        assertThat(get(end)).isZero();
        get(file.close());
    }

    private static void readOneAfterTheOther(AioFile file, int left, Promise<Integer> end) {
        if (left == 0) {
            end.setSuccess(0);
            return;
        }
        file.read(left, 512)
                .addListener(
                        f -> {
                            if (f.isSuccess()) {
                                ((ByteBuf) f.getNow()).release();
                                readOneAfterTheOther(file, left - 1, end);
                            } else {
                                end.setFailure(f.cause());
                            }
                        });
    }

    @Test
    void bothLoopsOfAFileSeeTheSameBytes() throws IOException {
        AioFile file = open(newPath(), CREATE);
        AioFile other = file.on(loops.next());
        for (int i = 0; i < 20; i++) {
            int length = i % 2 == 0 ? 8192 : 5001;
            byte[] bytes = Pattern.bytes(0, length, i);
            AioFile writer = i % 3 == 0 ? file : other;
            AioFile reader = i % 3 == 0 ? other : file;
            get(writer.write(Unpooled.wrappedBuffer(bytes), i * 1000L));
            ByteBuf read = get(reader.read(i * 1000L, length));
            Pattern.check(read, bytes, 0, length);
            read.release();
        }
        get(file.close());
        get(other.close());
    }

    @Test
    void manyMoreOperationsThanTheContextHoldsAllComplete() throws IOException {
        int operations = 2000;
        assertThat(context.metrics().capacity()).isLessThan(operations);
        byte[] content = Pattern.bytes(0, 200_000);
        AioFile file = open(newFile(content), READ_WRITE);
        long before = context.metrics().completed();
        Random random = new Random(1);
        List<Future<ByteBuf>> reads = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            positions.add(random.nextInt(190_000));
            reads.add(file.read(positions.get(i), 1 + i));
        }
        for (int i = 0; i < operations; i++) {
            ByteBuf read = get(reads.get(i));
            Pattern.check(read, content, positions.get(i), 1 + i);
            read.release();
        }
        get(file.close());
        assertThat(context.metrics().completed() - before).isEqualTo(operations);
        assertThat(context.metrics().inFlight()).isZero();
        assertThat(context.metrics().pending()).isZero();
    }

    @Test
    void severalThreadsMayUseOneFile() throws Exception {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        int part = 64 * 1024;
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int begin = t * part;
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    writeAndReadBack(file, begin, part);
                                } catch (Throwable e) {
                                    failures.add(e);
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        get(file.close());
        assertThat(path).hasBinaryContent(Pattern.bytes(0, 4 * part));
    }

    private static void writeAndReadBack(AioFile file, int begin, int length) {
        int step = 4096 * 3 + 512;
        List<Future<Integer>> writes = new ArrayList<>();
        for (int at = 0; at < length; at += step) {
            byte[] bytes = Pattern.bytes(begin + at, Math.min(step, length - at));
            writes.add(file.write(Unpooled.wrappedBuffer(bytes), begin + at));
        }
        writes.forEach(Futures::get);
        ByteBuf read = get(file.read(begin, length));
        Pattern.check(read, Pattern.bytes(begin, length), 0, length);
        read.release();
    }
}
