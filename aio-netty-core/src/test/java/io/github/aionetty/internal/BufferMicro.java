// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.LibAio;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A buffer taken and given back: by the engine, by users on the loop, and from Netty's pools; on
 * threads as those of a loop, for Netty's pools do without a cache on others.
 */
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.github.aionetty.internal.LoopThreads"
        })
public class BufferMicro extends Micro {
    private static final long CAP = 64 << 20;

    /** Every thread is this loop's. */
    private static final class AnyThread extends DefaultEventLoop {
        @Override
        public boolean inEventLoop() {
            return true;
        }

        @Override
        public boolean inEventLoop(Thread thread) {
            return true;
        }
    }

    @Param({"4096", "131072"})
    public int size;

    private final AnyThread loop = new AnyThread();
    private final AlignedAllocator aligned =
            new AlignedAllocator(loop, new SlabMemory(CAP), LibAio.instance());

    private final ByteBufAllocator pooled = PooledByteBufAllocator.DEFAULT;
    private final ByteBufAllocator adaptive = new AdaptiveByteBufAllocator();

    /** As in use, a slab has other buffers out. */
    private ByteBuf other;

    @Setup
    public void hold() {
        other = aligned.directBuffer(size);
    }

    @TearDown
    public void close() {
        other.release();
        aligned.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Benchmark
    public boolean engine() {
        return aligned.take(size).release();
    }

    @Benchmark
    public boolean aligned() {
        return aligned.directBuffer(size, size).release();
    }

    @Benchmark
    public boolean nettyPooled() {
        return pooled.directBuffer(size, size).release();
    }

    @Benchmark
    public boolean nettyAdaptive() {
        return adaptive.directBuffer(size, size).release();
    }
}
