// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.BlockingAioFile;
import io.github.aionetty.internal.DefaultBuilder;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.support.VirtualThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One virtual thread reads from a disk that hangs, and others from one that does not. */
public final class OneCarrierMain {
    private static final int OTHERS = 100;
    private static final int LENGTH = 4096;

    private OneCarrierMain() {}

    public static void main(String[] arguments) throws Exception {
        Path path = Files.createTempFile(Path.of(arguments[0]), "carrier", "");
        FakeKernel kernel = new FakeKernel();
        AtomicInteger others = new AtomicInteger();
        AtomicInteger length = new AtomicInteger();
        try (TestLoops loops = TestLoops.epoll(2)) {
            Files.write(path, new byte[LENGTH]);
            AioContext hanging =
                    ((DefaultBuilder) AioContext.builder(loops.next()))
                            .syscalls(kernel.syscalls())
                            .build();
            AioFile hung = get(hanging.open(path));
            BlockingAioFile good = BlockingAioFile.open(AioContext.of(loops.next()), path);
            kernel.hold();
            CompletableFuture<Void> reader =
                    VirtualThreads.start(
                            () -> {
                                var bytes = BlockingAioFile.of(hung).read(0, LENGTH);
                                length.set(bytes.readableBytes());
                                bytes.release();
                            });
            while (hanging.metrics().inFlight() == 0) {
                Thread.sleep(1);
            }
            VirtualThreads.runAll(
                    OTHERS,
                    () -> {
                        good.read(0, LENGTH).release();
                        others.incrementAndGet();
                    });
            System.out.println("others=" + others);
            System.out.println("hung=" + !reader.isDone());
            kernel.release(false);
            reader.get(30, TimeUnit.SECONDS);
            System.out.println("then=" + length);
        } finally {
            Files.delete(path);
        }
        System.exit(0);
    }
}
