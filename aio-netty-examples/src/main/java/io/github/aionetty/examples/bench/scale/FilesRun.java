// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** So many files open at once: what they cost to open and close, what they hold, and reads. */
final class FilesRun {
    private static final int DEPTH = 32;

    /** Opened until the code is compiled. */
    private static final int WARM_FILES = 100;

    private final EventLoop loop;
    private final List<Path> paths;

    FilesRun(EventLoop loop, List<Path> paths) {
        this.loop = loop;
        this.paths = paths;
    }

    /** Measures; few files are opened and closed for so long, many of them once. */
    Figures measure(double seconds) throws IOException, InterruptedException {
        AioContext context = AioContext.builder(loop).engine(AioEngine.KERNEL).build();
        Lane lane = new Lane(loop, context.alloc(), DEPTH, false);
        Handles few = new Handles(context, paths.subList(0, Math.min(WARM_FILES, paths.size())));
        few.openAndCloseFor(Measured.warmUpSeconds(seconds));

        Handles all = new Handles(context, paths);
        Held before = Held.now();
        all.open();
        Held held = Held.now().minus(before);
        lane.start(all.files, 1);
        Measured.warmUp(seconds);
        Figures figures = new Measured(List.of(context)).over(seconds);
        lane.stop();
        all.close();
        all.openAndCloseFor(seconds);
        figures.put("heap_bytes", (double) held.heap() / paths.size())
                .put("native_bytes", (double) held.nativeBytes() / paths.size());
        all.tell(figures);
        return figures;
    }
}
