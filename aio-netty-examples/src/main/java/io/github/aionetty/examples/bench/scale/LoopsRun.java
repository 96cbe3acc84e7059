// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One open file, on so many loops at once. */
final class LoopsRun {
    private static final int DEPTH = 32;

    private final Path path;
    private final long blocks;

    LoopsRun(Path path, long size) {
        this.path = path;
        blocks = size / Lane.BLOCK;
    }

    /**
     * Measures.
     *
     * @param group of that many loops
     */
    Figures measure(EventLoopGroup group, int loops, boolean writes, double seconds)
            throws Exception {
        List<AioContext> contexts = new ArrayList<>();
        List<AioFile> files = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            AioContext context = AioContext.builder(group.next()).engine(AioEngine.KERNEL).build();
            contexts.add(context);
            files.add(
                    i == 0
                            ? DirectFiles.open(context, path, writes).sync().getNow()
                            : files.get(0).on(context.eventLoop()));
            lanes.add(new Lane(context.eventLoop(), context.alloc(), DEPTH, writes));
        }
        for (int i = 0; i < loops; i++) {
            lanes.get(i).start(new AioFile[] {files.get(i)}, blocks);
        }
        Measured.warmUp(seconds);
        Figures figures = new Measured(contexts).over(seconds);
        for (int i = 0; i < loops; i++) {
            lanes.get(i).stop();
            files.get(i).close().sync();
        }
        for (Lane lane : lanes) {
            lane.check(path);
        }
        return figures;
    }
}
