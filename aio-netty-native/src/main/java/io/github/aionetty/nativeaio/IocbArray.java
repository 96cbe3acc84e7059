// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap array of {@code struct iocb} with the array of pointers to them that {@code io_submit}
 * takes; pointer {@code i} always points to iocb {@code i}, so any run of iocbs is submitted
 * without writing a pointer.
 *
 * <pre>
 *  one direct buffer                          struct iocb, 64 bytes
 *  +--------------------------+               byte 0         8         12         16
 *  | iocb 0        (64 bytes) | &lt;--+          +--------------+---------+----------+
 *  | iocb 1                   | &lt;--|-+        | data         | key     | rw_flags |
 *  | ...                      |    | |     16 +-------+------+---------+----------+
 *  | iocb capacity - 1        |    | |        |opcode |reqprio | fd    | address  &gt;
 *  +--------------------------+    | |     32 +-------+--------+-------+----------+
 *  | pointer 0      (8 bytes) | ---+ |        | length           | offset         |
 *  | pointer 1                | -----+     48 +------------------+-------+--------+
 *  | ...                      |            |  | reserved         | flags | resfd  |
 *  +--------------------------+               +------------------+-------+--------+
 * </pre>
 *
 * <p>The kernel copies an iocb while it is submitted, so it may be overwritten once {@code
 * io_submit} has returned. Not thread-safe. The memory is a direct buffer: it is freed when the
 * array is unreachable, and {@link #close} makes every later use fail.
 */
public final class IocbArray implements AutoCloseable {
    private static final int POINTER_SIZE = Long.BYTES;

    private final int capacity;
    private final long base;
    private ByteBuffer memory;

    /**
     * Makes an array of zeroed iocbs.
     *
     * @throws IllegalArgumentException if {@code capacity} is not positive or too large for a
     *     buffer
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public IocbArray(int capacity) {
        int each = Iocb.SIZE + POINTER_SIZE;
        if (capacity < 1 || capacity > Integer.MAX_VALUE / each) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + " must be 1.." + Integer.MAX_VALUE / each);
        }
        this.capacity = capacity;
        memory = ByteBuffer.allocateDirect(capacity * each).order(ByteOrder.nativeOrder());
        base = Memory.address(memory);
        for (int i = 0; i < capacity; i++) {
            memory.putLong(pointerOffset(i), base + (long) i * Iocb.SIZE);
        }
    }

    /** How many iocbs there are. */
    public int capacity() {
        return capacity;
    }

    /**
     * Writes all 64 bytes of one iocb; allocates nothing.
     *
     * @param data handed back with the completion
     * @param opcode of {@link Iocb}
     * @param rwFlags RWF bits of {@link Iocb}
     * @param address of the buffer, or of the iovecs; for POLL the events to wait for
     * @param length in bytes, or in iovecs
     * @param resFd eventfd to signal on completion, -1 for none
     * @throws IndexOutOfBoundsException if there is no such iocb
     * @throws IllegalStateException after {@link #close}
     */
    public void set(
            int index,
            long data,
            int opcode,
            int rwFlags,
            int fd,
            long address,
            long length,
            long offset,
            int resFd) {
        int at = offsetOf(index);
        ByteBuffer m = memory();
        m.putLong(at + Iocb.DATA, data);
        m.putInt(at + Iocb.KEY, 0);
        m.putInt(at + Iocb.RW_FLAGS, rwFlags);
        m.putShort(at + Iocb.OPCODE, (short) opcode);
        m.putShort(at + Iocb.REQPRIO, (short) 0);
        m.putInt(at + Iocb.FD, fd);
        m.putLong(at + Iocb.ADDRESS, address);
        m.putLong(at + Iocb.LENGTH, length);
        m.putLong(at + Iocb.OFFSET, offset);
        m.putLong(at + Iocb.RESERVED, 0);
        m.putInt(at + Iocb.FLAGS, resFd < 0 ? 0 : Iocb.IOCB_FLAG_RESFD);
        m.putInt(at + Iocb.RESFD, Math.max(resFd, 0));
    }

    /** Address of pointer {@code index}: what {@link Syscalls#ioSubmit} takes to start there. */
    public long pointers(int index) {
        checkIndex(index);
        memory();
        return base + pointerOffset(index);
    }

    /** Address of iocb {@code index}. */
    public long address(int index) {
        int at = offsetOf(index);
        memory();
        return base + at;
    }

    /** The data field. */
    public long data(int index) {
        return memory().getLong(offsetOf(index) + Iocb.DATA);
    }

    /** The operation code, of {@link Iocb}. */
    public int opcode(int index) {
        return memory().getShort(offsetOf(index) + Iocb.OPCODE);
    }

    /** The RWF bits. */
    public int rwFlags(int index) {
        return memory().getInt(offsetOf(index) + Iocb.RW_FLAGS);
    }

    /** The descriptor. */
    public int fd(int index) {
        return memory().getInt(offsetOf(index) + Iocb.FD);
    }

    /** The address of the buffer. */
    public long bufferAddress(int index) {
        return memory().getLong(offsetOf(index) + Iocb.ADDRESS);
    }

    /** The length of the buffer. */
    public long length(int index) {
        return memory().getLong(offsetOf(index) + Iocb.LENGTH);
    }

    /** The position in the file. */
    public long offset(int index) {
        return memory().getLong(offsetOf(index) + Iocb.OFFSET);
    }

    /** The eventfd, or -1 when completion signals none. */
    public int resFd(int index) {
        int at = offsetOf(index);
        boolean signals = (memory().getInt(at + Iocb.FLAGS) & Iocb.IOCB_FLAG_RESFD) != 0;
        return signals ? memory().getInt(at + Iocb.RESFD) : -1;
    }

    /** Ends the use of the array; every later access throws IllegalStateException. */
    @Override
    public void close() {
        memory = null;
    }

    private ByteBuffer memory() {
        ByteBuffer m = memory;
        if (m == null) {
            throw new IllegalStateException("IocbArray is closed, capacity=" + capacity);
        }
        return m;
    }

    private int offsetOf(int index) {
        checkIndex(index);
        return index * Iocb.SIZE;
    }

    private int pointerOffset(int index) {
        return capacity * Iocb.SIZE + index * POINTER_SIZE;
    }

    private void checkIndex(int index) {
        if (index < 0 || index >= capacity) {
            throw new IndexOutOfBoundsException("index=" + index + " capacity=" + capacity);
        }
    }
}
