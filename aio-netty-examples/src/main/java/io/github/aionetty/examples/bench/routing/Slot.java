// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.routing;

import io.github.aionetty.AioFile;
import io.github.aionetty.examples.bench.SlotPromise;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicReference;

/** One operation in flight, again and again. */
final class Slot extends SlotPromise {
    private final Load load;
    private final AioFile file;
    private final ByteBuf block;
    private final AtomicReference<Throwable> failure;
    private long expected;

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

    @Override
    protected void succeeded(int count) {
        if (count != Load.BLOCK) {
            failed(new IllegalStateException("count=" + count));
        } else if (!load.workload.writes && block.getLong(0) != expected) {
            failed(new IllegalStateException("wrong bytes at " + expected));
        } else if (load.completed()) {
            start();
        }
    }

    @Override
    protected void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
        load.stop();
    }
}
