// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import bench.RawContender;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** What the others have in common: for each slot a direct buffer of the JDK's. */
abstract class BufferedRaw implements RawContender {
    static final int EIO = 5;
    private static final int ALIGNMENT = 4096;

    boolean write;
    int blockSize;
    int depth;
    Driver driver;
    private ByteBuffer[] memory;
    private long[] addresses;
    private CountDownLatch left;

    @Override
    public final void open(String path, boolean write, int blockSize, int depth, Driver driver)
            throws Exception {
        this.write = write;
        this.blockSize = blockSize;
        this.depth = depth;
        this.driver = driver;
        memory = new ByteBuffer[depth];
        addresses = new long[depth];
        for (int i = 0; i < depth; i++) {
            memory[i] = aligned(blockSize);
            addresses[i] = PlatformDependent.directBufferAddress(memory[i]);
        }
        left = new CountDownLatch(depth);
        open(path);
    }

    private static ByteBuffer aligned(int size) {
        return ByteBuffer.allocateDirect(size + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, size);
    }

    abstract void open(String path) throws Exception;

    /** Starts a transfer whose bytes, where it writes, are in the slot's memory. */
    abstract void start(int slot, long position);

    /** The slot's memory, all of it remaining. */
    final ByteBuffer memory(int slot) {
        return memory[slot].clear();
    }

    final long address(int slot) {
        return addresses[slot];
    }

    /** Goes on with a slot, or ends it. */
    final void next(int slot) {
        long position = driver.next(slot);
        if (position < 0) {
            left.countDown();
            return;
        }
        if (write) {
            driver.fill(slot, addresses[slot]);
        }
        start(slot, position);
    }

    final void done(int slot, int result) {
        driver.done(slot, result, addresses[slot]);
        next(slot);
    }

    /** Starts all slots; here, unless somebody has to do it elsewhere. */
    void begin() {
        for (int slot = 0; slot < depth; slot++) {
            next(slot);
        }
    }

    @Override
    public abstract void close() throws IOException;

    @Override
    public final void run() throws InterruptedException {
        begin();
        left.await();
    }
}
