// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.nativeaio.IoEvents;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;

/**
 * A completion ring in memory of our own, laid out as the kernel's, for the library to read:
 * between the kernel's ring and this one stands a thread that may change what an event says. Its
 * address is the context's id, as with the kernel's.
 */
final class ForgedRing implements AutoCloseable {
    /** What an event's result becomes. */
    interface Forger {
        long forge(long context, long data, long res);
    }

    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int SIZE = 1 << 16;
    private static final int HEADER = 32;
    private static final int HEAD = 8;
    private static final int TAIL = 12;
    private static final int MAGIC = 0xa10a10a1;
    private static final int BATCH = 16;
    private static final long WAIT_NANOS = 20_000_000;
    private static final long POLL_NANOS = 200_000;

    private final Syscalls kernel = LibAio.instance();
    private final Forger forger;
    private final long real;
    private final long id;
    private final int slots;
    private final ByteBuffer ring;
    private final ByteBuffer one = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    private final Thread thread;
    private volatile int eventFd = -1;
    private volatile boolean closed;

    ForgedRing(long real, int capacity, Forger forger) {
        this.real = real;
        this.forger = forger;
        slots = capacity + 1;
        id = kernel.mmapSlab(SIZE);
        ring = Memory.view(id, SIZE);
        ring.putInt(4, slots).putInt(16, MAGIC).putInt(28, HEADER);
        one.putLong(0, 1);
        thread = new Thread(this::pass, "sweep-ring");
        thread.setDaemon(true);
        thread.start();
    }

    long id() {
        return id;
    }

    /** The kernel is not to signal these: what they come to is not in this ring then. */
    int submit(int count, long pointers) {
        ByteBuffer addresses = Memory.view(pointers, 8L * count);
        for (int i = 0; i < count; i++) {
            ByteBuffer iocb = Memory.view(addresses.getLong(8 * i), 64);
            eventFd = iocb.getInt(60);
            iocb.putInt(56, 0);
        }
        return kernel.ioSubmit(real, count, pointers);
    }

    private void pass() {
        IoEvents events = new IoEvents(BATCH);
        while (!closed) {
            int count = kernel.ioGetEvents(real, 1, BATCH, events.address(), WAIT_NANOS);
            for (int i = 0; i < count; i++) {
                put(events.data(i), forger.forge(id, events.data(i), events.res(i)));
            }
            if (count > 0) {
                signal();
            }
        }
    }

    /** As the kernel does: the event, and then the tail. */
    private void put(long data, long res) {
        int tail = ring.getInt(TAIL);
        int at = HEADER + tail * IoEvents.EVENT_SIZE;
        ring.putLong(at, data).putLong(at + 16, res);
        INT.setRelease(ring, TAIL, (tail + 1) % slots);
    }

    private void signal() {
        try {
            new FileDescriptor(eventFd).write(one, 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As io_getevents, out of this ring. */
    int getEvents(int most, long address, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        ByteBuffer out = Memory.view(address, (long) most * IoEvents.EVENT_SIZE);
        int count = 0;
        do {
            int head = ring.getInt(HEAD);
            while (count < most && head != (int) INT.getAcquire(ring, TAIL)) {
                int at = HEADER + head * IoEvents.EVENT_SIZE;
                int to = count * IoEvents.EVENT_SIZE;
                out.putLong(to, ring.getLong(at)).putLong(to + 16, ring.getLong(at + 16));
                head = (head + 1) % slots;
                INT.setRelease(ring, HEAD, head);
                count++;
            }
            if (count == 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        } while (count == 0 && System.nanoTime() < deadline);
        return count;
    }

    /** As io_destroy. */
    int destroy() {
        close();
        return kernel.ioDestroy(real);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        kernel.munmap(id, SIZE);
    }
}
