// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Addresses of direct buffers, and buffers over addresses. */
public final class Memory {
    private Memory() {}

    /**
     * Address of the first byte of a direct buffer, whatever its position; of a slice, the slice's
     * own first byte. It is good for as long as the buffer is reachable.
     *
     * @throws IllegalArgumentException if the buffer is not direct
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public static long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + direct);
        }
        NativeLibrary.ensureAvailability();
        return Native.address(direct);
    }

    /**
     * A buffer in native byte order over memory that somebody else owns and may free under it.
     *
     * @param capacity in bytes, at most {@link Integer#MAX_VALUE}
     * @throws IllegalArgumentException if the address is 0 or the capacity out of range
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public static ByteBuffer view(long address, long capacity) {
        if (address == 0 || capacity < 0 || capacity > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "address=0x" + Long.toHexString(address) + " capacity=" + capacity);
        }
        NativeLibrary.ensureAvailability();
        return Native.view(address, capacity).order(ByteOrder.nativeOrder());
    }

    /**
     * Bytes of a memory page.
     *
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public static int pageSize() {
        NativeLibrary.ensureAvailability();
        return Native.pageSize();
    }
}
