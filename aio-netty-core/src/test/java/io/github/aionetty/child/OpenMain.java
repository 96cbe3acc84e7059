// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.TestLoops;
import io.netty.util.concurrent.Future;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Opens a file for reading and for writing, and prints what came of it. */
public final class OpenMain {
    private OpenMain() {}

    public static void main(String[] arguments) {
        Path path = Path.of(arguments[0]);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioContext context = AioContext.of(loops.next());
            for (OpenOption option : List.of(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Future<AioFile> opened = context.open(path, option).awaitUninterruptibly();
                System.out.println(opened.isSuccess() ? "opened" : "failed: " + opened.cause());
            }
        }
    }
}
