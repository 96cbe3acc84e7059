// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.routing;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.DefaultPromise;
import java.util.concurrent.atomic.AtomicReference;

/** One operation in flight, again and again: its own promise, so that nothing is allocated. */
final class Slot extends DefaultPromise<Integer> {
    private final Load load;
    private final AioFile file;
    private final ByteBuf block;
    private final AtomicReference<Throwable> failure;

    Slot(Load load, AioFile file, ByteBuf block, AtomicReference<Throwable> failure) {
        super(file.context().eventLoop());
        this.load = load;
        this.file = file;
        this.block = block;
        this.failure = failure;
    }

    /** On the loop. */
    void start() {
        long position = load.nextPosition();
        if (load.workload.writes) {
            // The block's first bytes say where it belongs, so that reads can be checked.
            block.setLong(0, position);
            block.setIndex(0, Load.BLOCK);
            file.write(block.retain(), position, this);
        } else {
            block.clear();
            expected = position;
            file.read(block, position, this);
        }
    }

    private long expected;

    @Override
    public boolean setUncancellable() {
        return true;
    }

    @Override
    public boolean trySuccess(Integer count) {
        if (count != Load.BLOCK) {
            return tryFailure(new IllegalStateException("count=" + count));
        }
        if (!load.workload.writes && block.getLong(0) != expected) {
            return tryFailure(new IllegalStateException("wrong bytes at " + expected));
        }
        if (load.completed()) {
            start();
        }
        return true;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        failure.compareAndSet(null, cause);
        load.stop();
        return true;
    }
}
