// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A completion ring in ordinary memory, with the kernel's side of it played here. */
final class FakeRing {
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    final ByteBuffer memory;
    final int nr;

    FakeRing(int nr) {
        // An aligned slice ends on a boundary too: so one page before, one behind.
        this(nr, ByteBuffer.allocateDirect(2 * 4096 + 32 + nr * 32).alignedSlice(4096));
    }

    FakeRing(int nr, ByteBuffer memory) {
        this.nr = nr;
        this.memory = memory.order(ByteOrder.nativeOrder());
        memory.putInt(4, nr);
        memory.putInt(16, 0xa10a10a1);
        memory.putInt(20, 1);
        memory.putInt(28, 32);
    }

    /** What the kernel would have given as the context's id. */
    long context() {
        return Memory.address(memory);
    }

    int head() {
        return (int) INT.getAcquire(memory, 8);
    }

    int tail() {
        return memory.getInt(12);
    }

    /** Puts both indexes to a place, as after so many events. */
    void startAt(int index) {
        memory.putInt(8, index);
        memory.putInt(12, index);
    }

    boolean isFull() {
        return (tail() + 1) % nr == head();
    }

    /** Appends an event as the kernel does: its fields first, then tail with release. */
    void complete(long data, long res) {
        if (isFull()) {
            throw new IllegalStateException("ring is full");
        }
        int at = 32 + tail() * 32;
        memory.putLong(at, data);
        memory.putLong(at + 16, res);
        INT.setRelease(memory, 12, (tail() + 1) % nr);
    }
}
