// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.CompletionRing;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Has a loop look at its ring for a while before it sleeps in epoll: to be woken takes longer than
 * a fast device takes for a read. At the tail of a turn, so that sockets and tasks have had theirs.
 * Confined to the loop.
 */
final class BusyPoll {
    private final EventLoop loop;
    private final CompletionRing ring;
    private final Slots slots;
    private final long nanos;
    private final BooleanSupplier reap;
    private final Runnable task = this::poll;
    private boolean pending;
    private boolean ended;

    /**
     * A bound of 0 polls never, and so does a ring that takes a call to look at.
     *
     * @param reap takes up what the ring holds; false if there is to be no more in this turn
     */
    BusyPoll(EventLoop loop, CompletionRing ring, Slots slots, int micros, BooleanSupplier reap) {
        this.loop = loop;
        this.ring = ring;
        this.slots = slots;
        this.nanos = ring.mapped() ? TimeUnit.MICROSECONDS.toNanos(micros) : 0;
        this.reap = reap;
    }

    /** The engine has nothing to do for now. */
    void begin() {
        if (nanos > 0 && !pending && !ended && slots.inUse() > 0) {
            pending = Turn.atTail(loop, task);
        }
    }

    /** The ring and the slots are somebody else's from now on. */
    void end() {
        ended = true;
    }

    /** The bound is the turn's: what is found in time gives no more of it. */
    private void poll() {
        long began = System.nanoTime();
        try {
            boolean goesOn;
            do {
                goesOn = !ended && slots.inUse() > 0 && await(began) && reap.getAsBoolean();
            } while (goesOn);
        } finally {
            pending = false;
        }
    }

    private boolean await(long began) {
        while (!ring.hasEvents()) {
            if (System.nanoTime() - began >= nanos) {
                return false;
            }
            Thread.onSpinWait();
        }
        return System.nanoTime() - began < nanos;
    }
}
