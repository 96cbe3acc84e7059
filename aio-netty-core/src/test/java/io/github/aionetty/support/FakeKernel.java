// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.IoEvents;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Kernel AIO played in memory, with answers that a test chooses. Files and eventfds are real, so
 * that it works behind a real event loop; transfers are done when they complete. One context at a
 * time; a call for one that has been destroyed is an error.
 */
public final class FakeKernel {
    /** What an iocb said. */
    public record Submitted(
            long data,
            int opcode,
            int rwFlags,
            int fd,
            long address,
            long length,
            long offset,
            int resFd) {}

    private record Event(long data, long res) {}

    private final Deque<Integer> submitAnswers = new ArrayDeque<>();
    private final Deque<Integer> results = new ArrayDeque<>();
    private final Deque<Event> ring = new ArrayDeque<>();
    private final List<Submitted> held = new ArrayList<>();
    private final List<Submitted> accepted = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final ByteBuffer one = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    private int refuseIn;
    private int refuseErrno;
    private boolean holding;
    private boolean alive;
    private long id;
    private final Syscalls syscalls = PartlyFaked.by(this);

    public FakeKernel() {
        one.putLong(0, 1);
    }

    /** To be given to a context. */
    public Syscalls syscalls() {
        return syscalls;
    }

    /** The next {@code io_submit} calls, in order: how many are accepted, or a negated errno. */
    public synchronized void answerSubmits(int... answers) {
        for (int answer : answers) {
            submitAnswers.add(answer);
        }
    }

    /** Refuses the iocb that is the nth from now. */
    public synchronized void refuseIocb(int nth, int errno) {
        refuseIn = nth;
        refuseErrno = errno;
    }

    /**
     * The next completions' results: a negated errno, or how many bytes are transferred at most.
     */
    public synchronized void answerTransfers(int... answers) {
        for (int answer : answers) {
            results.add(answer);
        }
    }

    /** From now on nothing completes, until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Completes what was held, from the first or from the last submitted on. */
    public synchronized void release(boolean lastFirst) {
        holding = false;
        while (!held.isEmpty()) {
            complete(held.remove(lastFirst ? held.size() - 1 : 0));
        }
    }

    public synchronized List<Submitted> accepted() {
        return new ArrayList<>(accepted);
    }

    /** The calls made, with the numbers of iocbs offered and accepted. */
    public synchronized List<String> calls() {
        return new ArrayList<>(calls);
    }

    /** Puts an event into the ring and the count into its eventfd. */
    private void complete(Submitted op) {
        Integer answer = results.poll();
        long res = answer != null && answer < 0 ? answer : transfer(op, answer);
        ring.add(new Event(op.data, res));
        notifyAll();
        if (op.resFd >= 0) {
            try {
                new FileDescriptor(op.resFd).write(one, 0, 8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static long transfer(Submitted op, Integer most) {
        Syscalls real = LibAio.instance();
        long length = most == null ? op.length : Math.min(most, op.length);
        return switch (op.opcode) {
            case Iocb.PREAD -> length == 0 ? 0 : real.pread(op.fd, op.address, length, op.offset);
            case Iocb.PWRITE -> length == 0 ? 0 : real.pwrite(op.fd, op.address, length, op.offset);
            case Iocb.FSYNC -> real.fsync(op.fd);
            default -> real.fdatasync(op.fd);
        };
    }

    public synchronized long ioSetup(int nrEvents) {
        if (alive) {
            throw new AssertionError("one context at a time");
        }
        alive = true;
        return ++id;
    }

    public synchronized int ioDestroy(long context) {
        check(context);
        alive = false;
        return 0;
    }

    private void check(long context) {
        if (context != id || !alive) {
            throw new AssertionError("context=" + context + " of " + id + " alive=" + alive);
        }
    }

    public synchronized int ioSubmit(long context, int nr, long pointers) {
        check(context);
        int answer = submit(nr, pointers);
        calls.add("submit " + nr + " -> " + answer);
        return answer;
    }

    /** Says nothing of its time. */
    public int ioSubmit(long context, int nr, long pointers, long callTime) {
        return ioSubmit(context, nr, pointers);
    }

    private int submit(int nr, long pointers) {
        Integer answer = submitAnswers.poll();
        if (answer != null && answer <= 0) {
            return answer;
        }
        int most = answer == null ? nr : Math.min(answer, nr);
        ByteBuffer addresses = Memory.view(pointers, 8L * nr);
        for (int i = 0; i < most; i++) {
            if (refuseIn > 0 && --refuseIn == 0) {
                // Only the first of a call is named by its errno: it comes again, alone.
                refuseIn = i == 0 ? 0 : 1;
                return i == 0 ? -refuseErrno : i;
            }
            Submitted op = parse(Memory.view(addresses.getLong(8 * i), 64));
            accepted.add(op);
            if (holding) {
                held.add(op);
            } else {
                complete(op);
            }
        }
        return most;
    }

    /** The picture is at {@link io.github.aionetty.nativeaio.IocbArray}. */
    private static Submitted parse(ByteBuffer iocb) {
        return new Submitted(
                iocb.getLong(0),
                iocb.getShort(16),
                iocb.getInt(12),
                iocb.getInt(20),
                iocb.getLong(24),
                iocb.getLong(32),
                iocb.getLong(40),
                (iocb.getInt(56) & Iocb.IOCB_FLAG_RESFD) == 0 ? -1 : iocb.getInt(60));
    }

    public synchronized int ioGetEvents(
            long context, int minNr, int nr, long events, long timeoutNanos) {
        check(context);
        calls.add("getevents");
        long deadline = System.nanoTime() + timeoutNanos;
        while (ring.size() < minNr && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                return -Errno.EINTR;
            }
        }
        int count = 0;
        for (; count < nr && !ring.isEmpty(); count++) {
            Event event = ring.poll();
            ByteBuffer slot =
                    Memory.view(events + (long) IoEvents.EVENT_SIZE * count, IoEvents.EVENT_SIZE);
            slot.putLong(0, event.data).putLong(8, 0).putLong(16, event.res).putLong(24, 0);
        }
        return count;
    }
}
