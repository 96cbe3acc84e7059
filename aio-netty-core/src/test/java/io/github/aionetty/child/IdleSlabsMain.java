// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/**
 * Reads, idles until the slabs are gone, and reads again. Its main thread then ends, and neither
 * context nor loop, which is a daemon, has been closed. The argument is a file of 10,000 bytes.
 */
public final class IdleSlabsMain {
    private IdleSlabsMain() {}

    public static void main(String[] arguments) {
        AioContext context = AioContext.of(TestLoops.epoll(1).next());
        AioFile file = get(context.open(Path.of(arguments[0])));
        for (int i = 1; i <= 3; i++) {
            ByteBuf read = get(file.read(0, 10_000));
            assertThat(read.readableBytes()).isEqualTo(10_000);
            assertThat(AioBuffers.slabMemory()).isPositive();
            assertThat(AioBuffers.usedSlabMemory()).isEqualTo(16_384);
            read.release();
            int slabs = i;
            Awaitility.await().until(() -> AioBuffers.trimmedSlabs() == slabs);
            assertThat(AioBuffers.usedSlabMemory()).isZero();
            Awaitility.await().until(() -> AioBuffers.slabMemory() == 0);
        }
        // Still out at the end, so that there is a slab to be looked at.
        ByteBuf held = get(file.read(0, 10_000));
        System.out.println("all checked, held: " + held.readableBytes());
    }
}
