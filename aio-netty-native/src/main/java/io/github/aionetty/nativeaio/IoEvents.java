// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap room for the completions that {@code io_getevents} writes.
 *
 * <pre>
 *  struct io_event, 32 bytes
 *  byte 0        8                  16                      24
 *  +-------------+------------------+-----------------------+------+
 *  | data        | obj              | res                   | res2 |
 *  | of the iocb | address of iocb  | bytes done, or -errno | 0    |
 *  +-------------+------------------+-----------------------+------+
 * </pre>
 *
 * <p>Not thread-safe. The memory is a direct buffer, freed when this object is unreachable; keep it
 * reachable while a call that was given its address runs.
 */
public final class IoEvents {
    /** Bytes of one {@code struct io_event}. */
    @Native public static final int EVENT_SIZE = 32;

    @Native static final int DATA = 0;
    @Native static final int OBJ = 8;
    @Native static final int RES = 16;
    @Native static final int RES2 = 24;

    private final int capacity;
    private final ByteBuffer memory;
    private final long address;

    /**
     * Makes room for {@code capacity} events.
     *
     * @throws IllegalArgumentException if {@code capacity} is not positive or too large for a
     *     buffer
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public IoEvents(int capacity) {
        if (capacity < 1 || capacity > Integer.MAX_VALUE / EVENT_SIZE) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + " must be 1.." + Integer.MAX_VALUE / EVENT_SIZE);
        }
        this.capacity = capacity;
        memory = ByteBuffer.allocateDirect(capacity * EVENT_SIZE).order(ByteOrder.nativeOrder());
        address = Memory.address(memory);
    }

    /** How many events there is room for. */
    public int capacity() {
        return capacity;
    }

    /** Address of the first event. */
    public long address() {
        return address;
    }

    /** The data field of the iocb that completed. */
    public long data(int index) {
        return memory.getLong(offsetOf(index) + DATA);
    }

    /** Address of the iocb, as it was submitted. */
    public long obj(int index) {
        return memory.getLong(offsetOf(index) + OBJ);
    }

    /** Bytes transferred, or a negated errno. */
    public long res(int index) {
        return memory.getLong(offsetOf(index) + RES);
    }

    /** The second result: 0 for file I/O, unused by the library. */
    public long res2(int index) {
        return memory.getLong(offsetOf(index) + RES2);
    }

    private int offsetOf(int index) {
        if (index < 0 || index >= capacity) {
            throw new IndexOutOfBoundsException("index=" + index + " capacity=" + capacity);
        }
        return index * EVENT_SIZE;
    }
}
