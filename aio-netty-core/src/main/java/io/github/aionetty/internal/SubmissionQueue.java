// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.IocbArray;
import io.github.aionetty.nativeaio.Syscalls;
import java.util.ArrayDeque;

/**
 * The transfers that wait for {@code io_submit}, as iocbs in memory outside of the heap. Confined
 * to the loop.
 */
final class SubmissionQueue implements AutoCloseable {
    /** How many one call submits at most: more saves nothing. */
    static final int MAX_BATCH = 16;

    private static final int MAX_INTERRUPTS = 8;

    /** A page-cache hit is copied inside of io_submit: 2 MiB take some 0.3 ms of the loop. */
    private static final long TURN_COPIES = 2 * 1024 * 1024;

    private final Syscalls sys;
    private final long context;
    private final int eventFd;
    private final IocbArray iocbs;
    private final Operation[] operations;

    /** Those whose iocb the kernel refused, with {@link Operation#result} set. */
    private final ArrayDeque<Operation> refused = new ArrayDeque<>();

    private final LoopCounter submits;
    private final StallDetector stalls;
    private final Patience patience;
    private int head;
    private int tail;

    /** Bytes that buffered reads may still ask for in this turn. */
    private long copyable = TURN_COPIES;

    SubmissionQueue(
            Syscalls sys,
            long context,
            int eventFd,
            int capacity,
            LoopCounter submits,
            StallDetector stalls,
            long patienceNanos) {
        this.sys = sys;
        this.context = context;
        this.eventFd = eventFd;
        this.iocbs = new IocbArray(capacity);
        this.operations = new Operation[capacity];
        this.submits = submits;
        this.stalls = stalls;
        this.patience = new Patience(patienceNanos);
    }

    /** From so many in flight on a device does not run dry for a quarter of them. */
    private static final int DEEP = 32;

    /**
     * How many are worth a call while so many are in flight: an eighth, and a quarter of many. Who
     * waits for more lets the device run dry meanwhile; who calls for less pays for the call. See
     * docs/performance.md.
     */
    static int batch(int inFlight) {
        return inFlight < DEEP ? Math.max(1, inFlight >> 3) : Math.min(MAX_BATCH, inFlight >> 2);
    }

    /** Queues a transfer; there is always room, for each one holds a slot. */
    void add(Operation operation) {
        // May throw, where the caller has released the memory: before anything is changed.
        operation.transferAddress = Addresses.of(operation);
        if (tail == operations.length) {
            compact();
        }
        write(tail, operation);
        operations[tail++] = operation;
    }

    private void write(int index, Operation operation) {
        iocbs.set(
                index,
                operation.slot,
                operation.opcode,
                operation.rwFlags,
                operation.open.descriptor(),
                operation.transferAddress,
                operation.transferLength,
                operation.transferPosition,
                eventFd);
    }

    private void compact() {
        int kept = tail - head;
        for (int i = 0; i < kept; i++) {
            Operation operation = operations[head + i];
            operations[i] = operation;
            write(i, operation);
        }
        java.util.Arrays.fill(operations, kept, tail, null);
        head = 0;
        tail = kept;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return tail - head;
    }

    /** What a flush has come to. */
    enum Outcome {
        /** Nothing is queued any more. */
        DONE,
        /** The kernel has no room now: reap, then flush again. */
        FULL,
        /** The turn's share of copying is used up: flush again in the next turn. */
        ENOUGH
    }

    /** Begins a turn: what the page cache may copy inside of io_submit until the next one. */
    void newTurn() {
        copyable = TURN_COPIES;
    }

    /** Nothing more will be submitted in this turn. */
    void turnEnds() {
        stalls.turnEnds();
    }

    /**
     * Submits what is queued. The kernel stops at the first iocb it refuses: exactly that one is
     * taken out for {@link #pollRefused}, and the rest goes on. So it is with one for which there
     * is no room for longer than patience goes.
     */
    Outcome flush() {
        int interrupts = 0;
        while (head < tail) {
            if (copyable <= 0) {
                return Outcome.ENOUGH;
            }
            int offered = offered();
            long time = stalls.before();
            int accepted = sys.ioSubmit(context, offered, iocbs.pointers(head), time);
            // The one that the kernel stops at may be what it has blocked for.
            int tried = Math.min(offered, Math.max(0, accepted) + 1);
            stalls.after(operations, head, tried);
            submits.increment();
            if (accepted > 0) {
                patience.renew();
                for (int i = 0; i < accepted; i++) {
                    submitted(head++);
                }
            } else if (accepted == -Errno.EINTR && ++interrupts < MAX_INTERRUPTS) {
                continue;
            } else if (Patience.isForTheMoment(accepted) && patience.isLeft()) {
                // Not for ever: out of memory it also says EAGAIN, with nothing to reap.
                return Outcome.FULL;
            } else {
                Operation first = poll();
                first.result = accepted == 0 ? -Errno.EAGAIN : accepted;
                if (Patience.isForTheMoment(accepted)) {
                    // It has been tried for long enough: not once more on a helper.
                    first.cause = first.failure(first.result);
                }
                refused.add(first);
            }
        }
        head = 0;
        tail = 0;
        patience.renew();
        return Outcome.DONE;
    }

    /** A batch, but no more copies than the turn has left; the last one may go over that. */
    private int offered() {
        int most = Math.min(MAX_BATCH, tail - head);
        long copied = 0;
        for (int i = 0; i < most; i++) {
            copied += copiedFor(operations[head + i]);
            if (copied >= copyable) {
                return i + 1;
            }
        }
        return most;
    }

    /** What the kernel may copy out of the page cache, inside of io_submit. */
    private static int copiedFor(Operation operation) {
        return operation.open.direct ? 0 : operation.transferLength;
    }

    private void submitted(int index) {
        copyable -= copiedFor(operations[index]);
        operations[index] = null;
    }

    /** Takes the first one out without submitting it; {@code null} if there is none. */
    Operation poll() {
        if (head == tail) {
            return null;
        }
        Operation first = operations[head];
        operations[head++] = null;
        return first;
    }

    /** The next one that the kernel refused; {@code null} if there is none. */
    Operation pollRefused() {
        return refused.poll();
    }

    @Override
    public void close() {
        iocbs.close();
    }
}
