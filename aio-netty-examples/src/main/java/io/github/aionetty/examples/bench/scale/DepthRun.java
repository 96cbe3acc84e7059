// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.List;

/** So many reads in flight on one loop, and what a context that is made for them holds. */
final class DepthRun {
    private static final int WARM_DEPTH = 32;

    /** The second loop finds compiled code, and has its own pools to fill. */
    private static final double FILLING = 0.2;

    private final Path path;
    private final long blocks;

    DepthRun(Path path, long size) {
        this.path = path;
        blocks = size / Lane.BLOCK;
    }

    /**
     * Measures.
     *
     * @param group of two loops: code is compiled on the first, and the second is measured
     */
    Figures measure(EventLoopGroup group, int depth, double seconds) throws Exception {
        EventLoop first = group.next();
        AioContext warm = AioContext.builder(first).engine(AioEngine.KERNEL).build();
        AioFile other = DirectFiles.open(warm, path, false).sync().getNow();
        Lane warming = new Lane(first, warm.alloc(), WARM_DEPTH, false);
        warming.start(new AioFile[] {other}, blocks);
        Measured.warmUp(seconds);
        warming.stop();
        other.close().sync();

        EventLoop loop = group.next();
        // The buffers are another's, and there before: they are the caller's choice.
        Lane lane = new Lane(loop, warm.alloc(), depth, false);
        loop.submit(() -> {}).sync();
        Held before = Held.now();
        AioContext context =
                AioContext.builder(loop).engine(AioEngine.KERNEL).capacity(capacity(depth)).build();
        AioFile file = DirectFiles.open(context, path, false).sync().getNow();
        lane.start(new AioFile[] {file}, blocks);
        Measured.warmUp(FILLING);
        Figures figures = new Measured(List.of(context)).over(seconds);
        Held held = Held.now().minus(before);
        lane.stop();
        file.close().sync();
        return figures.put("heap_bytes", held.heap())
                .put("native_bytes", held.nativeBytes())
                .put("slot_bytes", (double) (held.heap() + held.nativeBytes()) / depth);
    }

    /** A device gets seven eighths of a context's slots. */
    static int capacity(int depth) {
        return depth + (depth + 6) / 7;
    }
}
