// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioFile;
import io.github.aionetty.examples.bench.LastWrites;
import io.github.aionetty.examples.bench.SlotPromise;
import io.github.aionetty.examples.bench.Stamps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps so many reads or overwrites of 4 KiB in flight on one loop, at random places of stamped
 * files. Buffers and promises are there before it starts: what is held then is the library's.
 */
final class Lane {
    static final int BLOCK = Stamps.BLOCK;

    /** Of so many reads one is looked at. */
    private static final int CHECK_EVERY = 61;

    /** A disk may be slow, but not that slow. */
    private static final long END_SECONDS = 15;

    private final EventLoop loop;
    private final boolean writes;

    /** Seeded anew: lanes that drew alike would meet in the same block at the same moment. */
    private final SplittableRandom random = new SplittableRandom();

    private final List<Slot> slots = new ArrayList<>();
    private final LastWrites written = new LastWrites();
    private final CountDownLatch left;
    private AioFile[] files;
    private long blocks;
    private int unchecked;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** Makes one, with the memory for {@code depth} blocks. */
    Lane(EventLoop loop, ByteBufAllocator allocator, int depth, boolean writes) {
        this.loop = loop;
        this.writes = writes;
        left = new CountDownLatch(depth);
        for (int i = 0; i < depth; i++) {
            slots.add(new Slot(allocator.directBuffer(BLOCK, BLOCK)));
        }
    }

    /**
     * Begins.
     *
     * @param files on its loop; one, where it writes
     * @param blocks that each of them has
     */
    void start(AioFile[] files, long blocks) {
        this.files = files;
        this.blocks = blocks;
        loop.execute(() -> slots.forEach(Slot::start));
    }

    /**
     * Waits for what is in flight.
     *
     * @throws IOException with whatever went wrong until then
     */
    void stop() throws IOException, InterruptedException {
        stopped = true;
        if (!left.await(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("operations did not end");
        }
        slots.forEach(each -> each.memory.release());
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    /**
     * Reads the last overwrites back, when every lane has stopped: others may write there, too.
     *
     * @throws IOException if one is not in the file
     */
    void check(Path path) throws IOException {
        written.check(path, BLOCK);
    }

    /** One operation in flight. On the loop. */
    private final class Slot extends SlotPromise {
        private final ByteBuf memory;
        private long stamp;

        Slot(ByteBuf memory) {
            super(loop);
            this.memory = memory;
        }

        void start() {
            if (stopped) {
                left.countDown();
                return;
            }
            int number = random.nextInt(files.length);
            long block = random.nextLong(blocks);
            // All files' blocks, one behind the other.
            stamp = Stamps.at((number * blocks + block) * BLOCK);
            if (writes) {
                memory.setIndex(0, BLOCK).setLongLE(0, stamp).setLongLE(Long.BYTES, LastWrites.RUN);
                written.add(block * BLOCK);
                files[number].write(memory.retain(), block * BLOCK, this);
            } else {
                files[number].read(memory.clear(), block * BLOCK, this);
            }
        }

        @Override
        protected void succeeded(int count) {
            boolean looked = !writes && ++unchecked % CHECK_EVERY == 0;
            if (count != BLOCK) {
                failed(new IOException("count=" + count));
            } else if (looked && memory.getLongLE(0) != stamp) {
                failed(new IOException("wrong bytes read"));
            } else {
                start();
            }
        }

        @Override
        protected void failed(Throwable cause) {
            failure = cause;
            stopped = true;
            start();
        }
    }
}
