// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;

/** What a context's allocator gives in a JVM that was started with other options. */
public final class AllocatorMain {
    private AllocatorMain() {}

    public static void main(String[] arguments) {
        try (TestLoops loops = TestLoops.nio(1)) {
            ByteBufAllocator allocator = AioContext.of(loops.next()).alloc();
            for (ByteBuf buffer :
                    List.of(
                            allocator.buffer(),
                            allocator.buffer(1000),
                            allocator.buffer(1000, 2000),
                            allocator.ioBuffer())) {
                assertThat(buffer.isDirect()).isTrue();
                assertThat(buffer.memoryAddress() % 4096).isZero();
                buffer.writeZero(1000).capacity(1001);
                buffer.release();
            }
            for (CompositeByteBuf composite :
                    List.of(allocator.compositeBuffer(), allocator.compositeBuffer(3))) {
                composite.writeZero(1000);
                assertThat(composite.component(0).isDirect()).isTrue();
                composite.release();
            }
        }
        System.out.println("all checked");
    }
}
