// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/**
 * Events that {@code io_getevents} fetches in batches into memory of our own.
 *
 * <p>Once fetched they exist nowhere else, so they are kept until somebody takes them, across a
 * consumer that throws and across {@link #close}.
 */
final class FetchedEvents extends EventSource {
    private static final int MAX_INTERRUPTS = 8;

    private final Syscalls sys;
    private final long context;
    private final IoEvents batch;
    private int next;
    private int end;

    FetchedEvents(Syscalls sys, long context, int capacity) {
        this.sys = sys;
        this.context = context;
        batch = new IoEvents(capacity);
    }

    @Override
    boolean mapped() {
        return false;
    }

    @Override
    int size() {
        return batch.capacity();
    }

    @Override
    int take(int wanted) {
        if (next == end) {
            int fetched = fetch(Math.min(wanted, batch.capacity()));
            if (fetched <= 0) {
                return fetched;
            }
        }
        takeFetched();
        return 1;
    }

    @Override
    boolean hasEvents() {
        return next < end || fetch(batch.capacity()) > 0;
    }

    @Override
    boolean takeFetched() {
        if (next == end) {
            return false;
        }
        data = batch.data(next);
        res = batch.res(next);
        next++;
        return true;
    }

    @Override
    void close() {
        // Nothing of the kernel's memory is held; what was fetched is still to be taken.
    }

    private int fetch(int most) {
        int n;
        int interrupts = 0;
        do {
            n = sys.ioGetEvents(context, 0, most, batch.address(), 0);
        } while (n == -Errno.EINTR && ++interrupts < MAX_INTERRUPTS);
        next = 0;
        end = Math.max(n, 0);
        return n;
    }
}
