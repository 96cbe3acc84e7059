// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap room for what one call has taken, measured around the system call alone: not what the
 * JVM adds, which lets no thread back in while it collects garbage.
 *
 * <pre>
 *  byte 0                     8              16
 *  +--------------------------+--------------+--------------------------------+
 *  | threshold, set by Java   | nanos        | voluntary switches afterwards, |
 *  | in nanoseconds           | of the call  | if nanos &gt;= threshold          |
 *  +--------------------------+--------------+--------------------------------+
 * </pre>
 *
 * <p>Not thread-safe. The memory is a direct buffer, freed when this object is unreachable; keep it
 * reachable while a call that was given its address runs.
 */
public final class CallTime {
    @Native static final int SIZE = 24;
    @Native static final int THRESHOLD = 0;
    @Native static final int NANOS = 8;
    @Native static final int SWITCHES = 16;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final long address = Memory.address(memory);

    /**
     * Makes room for one call's.
     *
     * @param thresholdNanos from which time on the switches are asked for, by one more system call
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public CallTime(long thresholdNanos) {
        memory.putLong(THRESHOLD, thresholdNanos);
    }

    /** Where the call writes it. */
    public long address() {
        return address;
    }

    /** How long the last call has taken; 0 since {@link #clear}. */
    public long nanos() {
        return memory.getLong(NANOS);
    }

    /**
     * The thread's {@link Syscalls#voluntarySwitches()} just after the last call that took the
     * threshold or longer.
     */
    public long switches() {
        return memory.getLong(SWITCHES);
    }

    /** Forgets the last call. */
    public void clear() {
        memory.putLong(NANOS, 0);
    }
}
