// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes a file, step by step, for ever, and reports each change once it is durable, or as soon as
 * it has completed where the {@link Reporter} wants no sync. No two lanes change the same byte:
 * what a byte may be after a crash follows from one lane's reports.
 */
abstract class Lane implements Runnable {
    static final int BLOCK = 4096;
    private static final int BATCH = 4;

    final Way way;
    final Reporter reporter;
    final SplittableRandom random;

    Lane(Way way, Reporter reporter, SplittableRandom random) {
        this.way = way;
        this.reporter = reporter;
        this.random = random;
    }

    @Override
    public final void run() {
        try {
            while (true) {
                step();
            }
        } catch (Throwable t) {
            reporter.failed(way, t);
        }
    }

    /** One or more changes, begun, made durable if that is wanted, and reported. */
    abstract void step() throws Exception;

    /** A writer may have few changes under way, or one alone. */
    final int batch() {
        return 1 + random.nextInt(BATCH);
    }

    final boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    /** Begins a write; what it reports is added to {@code begun}. */
    final Future<Integer> write(AioFile file, int position, int length, List<Change> begun) {
        Change change = reporter.begin(way, Change.Kind.WRITE, position, length);
        begun.add(change);
        return file.write(buffer(file.context(), change.content()), position);
    }

    /** Aligned memory, which direct writes take as it is, or the heap, which is copied. */
    final ByteBuf buffer(AioContext context, byte[] content) {
        return oneIn(3)
                ? Unpooled.wrappedBuffer(content)
                : context.alloc().directBuffer(content.length).writeBytes(content);
    }

    /** Waits for the writes and reports them: each by itself, or once they are durable. */
    final void finish(List<Future<Integer>> writes, List<Change> begun, AioFile sync) {
        if (!reporter.wantsSync()) {
            for (int i = 0; i < writes.size(); i++) {
                get(writes.get(i));
                reporter.done(begun.get(i));
            }
            return;
        }
        writes.forEach(write -> get(write));
        if (!way.syncsWrites()) {
            get(oneIn(3) ? sync.fsync() : sync.fdatasync());
        }
        begun.forEach(reporter::done);
    }

    /** Writes some ranges at once, by turns of the handles; any handle's sync covers them all. */
    final void writeAll(List<int[]> ranges, AioFile... handles) {
        List<Change> begun = new ArrayList<>();
        List<Future<Integer>> writes = new ArrayList<>();
        for (int[] range : ranges) {
            AioFile handle = handles[random.nextInt(handles.length)];
            writes.add(write(handle, range[0], range[1], begun));
        }
        finish(writes, begun, handles[random.nextInt(handles.length)]);
    }
}
