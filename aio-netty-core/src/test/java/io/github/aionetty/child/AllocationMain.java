// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import static io.github.aionetty.support.Futures.get;

import com.sun.management.ThreadMXBean;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Prints what the loop's thread allocates for each operation in the steady state. Arguments: a
 * directory for direct reads, one for the rest, and how many operations to measure.
 */
public final class AllocationMain {
    private static final int DEPTH = 16;
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 256;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Starts one operation that tells its driver when it is done. */
    private interface Start {
        void next(Lane lane);
    }

    /** One of the operations in flight, with all it needs for the next one. */
    private static final class Lane {
        final ReusablePromise<Integer> count;
        final ReusablePromise<ByteBuf> buffer;
        final ReusablePromise<Void> nothing;
        final ByteBuf memory;
        final Start start;
        final Driver driver;
        int block;

        Lane(AioContext context, Driver driver, Start start) {
            EventLoop loop = context.eventLoop();
            this.driver = driver;
            this.start = start;
            memory = context.alloc().directBuffer(BLOCK, BLOCK);
            count = new ReusablePromise<>(loop, (value, failure) -> done(null, failure));
            buffer = new ReusablePromise<>(loop, this::done);
            nothing = new ReusablePromise<>(loop, (value, failure) -> done(null, failure));
        }

        private void done(ByteBuf read, Throwable failure) {
            if (read != null) {
                read.release();
            }
            if (failure != null) {
                driver.failure = failure;
            }
            block = (block + 1) % BLOCKS;
            driver.done(this);
        }

        long position() {
            return (long) block * BLOCK;
        }
    }

    /** Counts operations down, on the loop. */
    private static final class Driver {
        private int toStart;
        private int toEnd;
        private CountDownLatch end;
        private Throwable failure;

        void begin(int operations, CountDownLatch latch, Lane[] lanes) {
            toStart = operations;
            toEnd = operations;
            end = latch;
            for (Lane lane : lanes) {
                next(lane);
            }
        }

        private void next(Lane lane) {
            if (toStart > 0) {
                toStart--;
                lane.start.next(lane);
            }
        }

        void done(Lane lane) {
            if (--toEnd == 0) {
                end.countDown();
            }
            next(lane);
        }
    }

    private final AioContext context;
    private final int operations;
    private final long loopThread;

    private AllocationMain(AioContext context, int operations) {
        this.context = context;
        this.operations = operations;
        loopThread = get(context.eventLoop().submit(() -> Thread.currentThread().getId()));
    }

    private void measure(String name, Start start) throws InterruptedException {
        Driver driver = new Driver();
        Lane[] lanes = new Lane[DEPTH];
        for (int i = 0; i < DEPTH; i++) {
            lanes[i] = new Lane(context, driver, start);
            lanes[i].block = i * (BLOCKS / DEPTH);
        }
        run(driver, lanes);
        long before = THREADS.getThreadAllocatedBytes(loopThread);
        run(driver, lanes);
        long bytes = THREADS.getThreadAllocatedBytes(loopThread) - before;
        for (Lane lane : lanes) {
            lane.memory.release();
        }
        System.out.println(name + " operations=" + operations + " bytes=" + bytes);
    }

    private void run(Driver driver, Lane[] lanes) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        context.eventLoop().execute(() -> driver.begin(operations, latch, lanes));
        if (!latch.await(60, TimeUnit.SECONDS) || driver.failure != null) {
            throw new IllegalStateException("not completed", driver.failure);
        }
    }

    private AioFile open(Path path, OpenOption... options) {
        return get(context.open(path, Set.of(options)));
    }

    public static void main(String[] arguments) throws Exception {
        int operations = Integer.parseInt(arguments[2]);
        Path first = Files.createTempFile(Path.of(arguments[0]), "allocation", "");
        Path second = Files.createTempFile(Path.of(arguments[1]), "allocation", "");
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioContext context = AioContext.builder(loops.next()).engine(AioEngine.KERNEL).build();
            Files.write(first, new byte[BLOCK * BLOCKS]);
            Files.write(second, new byte[BLOCK * BLOCKS]);
            AllocationMain main = new AllocationMain(context, operations);
            AioFile direct = main.open(first, StandardOpenOption.READ, AioOpenOption.DIRECT);
            AioFile file = main.open(second, StandardOpenOption.READ, StandardOpenOption.WRITE);
            main.measure(
                    "read-into-aligned",
                    lane -> direct.read(lane.memory.clear(), lane.position(), lane.count));
            main.measure("read", lane -> direct.read(lane.position(), BLOCK, lane.buffer));
            main.measure(
                    "write",
                    lane -> {
                        lane.memory.setIndex(0, BLOCK).retain();
                        file.write(lane.memory, lane.position(), lane.count);
                    });
            main.measure("fsync", lane -> file.fsync(lane.nothing));
            main.measure("fdatasync", lane -> file.fdatasync(lane.nothing));
        } finally {
            Files.delete(first);
            Files.delete(second);
        }
        System.exit(0);
    }
}
