// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.internal.DefaultBuilder;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.SlowKernel;
import io.github.aionetty.support.TestLoops;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** Reads while {@code io_submit} is fast, then while it is slow, and prints what is said of it. */
public final class StallMain {
    /** After a stall a helper reads the next time: nobody believes that the page is cached. */
    private static final int READS = 5;

    private static final long MILLIS = 400;

    private StallMain() {}

    private static void read(AioFile file) {
        for (int i = 0; i < READS; i++) {
            get(file.read(100, 200)).release();
        }
    }

    private static boolean hasFlightRecorder() {
        try {
            Class.forName("jdk.jfr.Event");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    public static void main(String[] arguments) throws Exception {
        SlowKernel kernel = new SlowKernel();
        Path path = Files.write(Path.of(arguments[0]), new byte[4096]);
        try (TestLoops loops = TestLoops.epoll(1);
                Logs logs = Logs.ofInternal("StallLog")) {
            AioContext context =
                    ((DefaultBuilder) AioContext.builder(loops.next()))
                            .syscalls(kernel.syscalls())
                            .engine(AioEngine.KERNEL)
                            .build();
            AioFile file = get(context.open(path));
            read(file);
            System.out.println("fast=" + context.metrics().stalls());
            kernel.blockFor(MILLIS);
            read(file);
            kernel.blockFor(0);
            System.out.println("slow=" + context.metrics().stalls());
            if (context.metrics().stalls() > 0) {
                Awaitility.await().until(() -> !logs.messages().isEmpty());
            }
            System.out.println("lines=" + logs.messages().size());
            logs.messages().forEach(System.out::println);
            System.out.println("jfr=" + hasFlightRecorder());
        }
    }
}
