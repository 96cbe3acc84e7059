// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap room for the extents that {@link Syscalls#fiemap} reports.
 *
 * <pre>
 *  struct fiemap, 32 bytes, which the call fills in        extents, 56 bytes each
 *  +-------+--------+-------+--------+-------+-----+       +---------+----------+--------+
 *  | start | length | flags | mapped | count | -   |       | logical | physical | length | ...
 *  | 0     | 8      | 16    | 20     | 24    | 28  |       | 0       | 8        | 16     |
 *  +-------+--------+-------+--------+-------+-----+       +---------+----------+--------+
 *                                                          | ... reserved | flags | reserved |
 *                                                          |     24       | 40    | 44       |
 *                                                          +--------------+-------+----------+
 * </pre>
 *
 * <p>Not thread-safe; the memory is a direct buffer, freed when this object is unreachable.
 *
 * @see <a href="https://docs.kernel.org/filesystems/fiemap.html">FS_IOC_FIEMAP</a>
 */
public final class ExtentMap {
    /** Request flag: write dirty pages back first, so that delayed allocations have a place. */
    @Native public static final int FLAG_SYNC = 1;

    /** The last extent of the file. */
    @Native public static final int EXTENT_LAST = 0x1;

    /** The data has no known place yet. */
    @Native public static final int EXTENT_UNKNOWN = 0x2;

    /** Not allocated yet: the data is in the page cache only. */
    @Native public static final int EXTENT_DELALLOC = 0x4;

    /** Compressed or otherwise encoded. */
    @Native public static final int EXTENT_ENCODED = 0x8;

    /** Not aligned to blocks. */
    @Native public static final int EXTENT_NOT_ALIGNED = 0x100;

    /** Inside metadata. */
    @Native public static final int EXTENT_DATA_INLINE = 0x200;

    /** Allocated, never written: reads as zeros. */
    @Native public static final int EXTENT_UNWRITTEN = 0x800;

    /** Shared with other files: a write moves it. */
    @Native public static final int EXTENT_SHARED = 0x2000;

    @Native static final int HEADER_SIZE = 32;
    @Native static final int MAPPED_EXTENTS = 20;
    @Native static final int EXTENT_SIZE = 56;
    @Native static final int LOGICAL = 0;
    @Native static final int PHYSICAL = 8;
    @Native static final int LENGTH = 16;
    @Native static final int FLAGS = 40;

    private final int capacity;
    private final ByteBuffer memory;
    private final long address;

    /**
     * Makes room for {@code capacity} extents.
     *
     * @throws IllegalArgumentException if {@code capacity} is not positive or too large for a
     *     buffer
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public ExtentMap(int capacity) {
        int most = (Integer.MAX_VALUE - HEADER_SIZE) / EXTENT_SIZE;
        if (capacity < 1 || capacity > most) {
            throw new IllegalArgumentException("capacity=" + capacity + " must be 1.." + most);
        }
        this.capacity = capacity;
        memory =
                ByteBuffer.allocateDirect(HEADER_SIZE + capacity * EXTENT_SIZE)
                        .order(ByteOrder.nativeOrder());
        address = Memory.address(memory);
    }

    /** How many extents there is room for. */
    public int capacity() {
        return capacity;
    }

    /** Address to give to {@link Syscalls#fiemap}. */
    public long address() {
        return address;
    }

    /** How many extents the last call found, as it returned itself. */
    public int count() {
        return memory.getInt(MAPPED_EXTENTS);
    }

    /** Position in the file, in bytes. */
    public long logical(int index) {
        return memory.getLong(offsetOf(index) + LOGICAL);
    }

    /** Position on the device, in bytes. */
    public long physical(int index) {
        return memory.getLong(offsetOf(index) + PHYSICAL);
    }

    /** Length in bytes. */
    public long length(int index) {
        return memory.getLong(offsetOf(index) + LENGTH);
    }

    /** The EXTENT bits. */
    public int flags(int index) {
        return memory.getInt(offsetOf(index) + FLAGS);
    }

    private int offsetOf(int index) {
        if (index < 0 || index >= capacity) {
            throw new IndexOutOfBoundsException("index=" + index + " capacity=" + capacity);
        }
        return HEADER_SIZE + index * EXTENT_SIZE;
    }
}
