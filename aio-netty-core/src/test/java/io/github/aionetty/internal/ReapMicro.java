// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.nativeaio.EventConsumer;
import io.github.aionetty.nativeaio.IoEvents;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Events out of a ring as the kernel lays it out, but of our own, which fills at once. */
public class ReapMicro extends Micro {
    private static final int SIZE = 1 << 16;
    private static final int CAPACITY = 255;
    private static final int HEADER = 32;
    private static final int HEAD = 8;
    private static final int TAIL = 12;
    private static final int MAGIC = 0xa10a10a1;

    /** Events a poll; the result is the time of the poll. */
    @Param({"0", "1", "8"})
    public int events;

    private long address;
    private ByteBuffer memory;
    private CompletionRing ring;
    private long sum;
    private final EventConsumer consumer = (data, res) -> sum += data + res;

    @Setup
    public void map() {
        address = LibAio.instance().mmapSlab(SIZE);
        memory = Memory.view(address, SIZE);
        memory.putInt(4, CAPACITY + 1).putInt(16, MAGIC).putInt(28, HEADER);
        for (int i = 0; i <= CAPACITY; i++) {
            int at = HEADER + i * IoEvents.EVENT_SIZE;
            memory.putLong(at, i).putLong(at + 16, 4096);
        }
        ring = CompletionRing.tryMap(address, CAPACITY);
    }

    @TearDown
    public void unmap() {
        ring.close();
        LibAio.instance().munmap(address, SIZE);
    }

    @Benchmark
    public long poll() {
        // The kernel's part: there are so many more.
        memory.putInt(TAIL, (memory.getInt(HEAD) + events) % (CAPACITY + 1));
        int polled = ring.poll(consumer, 8);
        if (polled != events) {
            throw new IllegalStateException("polled=" + polled + " of " + events);
        }
        return sum;
    }
}
