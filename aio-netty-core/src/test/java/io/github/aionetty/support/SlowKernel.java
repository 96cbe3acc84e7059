// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import java.util.concurrent.TimeUnit;

/**
 * A kernel played in memory, whose {@code io_submit} blocks, or is kept from the CPU, when told to.
 */
public final class SlowKernel {
    private final FakeKernel kernel = new FakeKernel();
    private volatile long millis;
    private volatile boolean sleeps;

    /** From now on each {@code io_submit} sleeps so long; with 0 it takes no time. */
    public void blockFor(long newMillis) {
        sleeps = true;
        millis = newMillis;
    }

    /**
     * From now on each {@code io_submit} takes that long without a sleep, to the thread's counters
     * as if others had had its CPU: but for the JVM, which may stop a thread at any time.
     */
    public void spinFor(long newMillis) {
        sleeps = false;
        millis = newMillis;
    }

    /** To be given to a context. */
    public Syscalls syscalls() {
        return Intercepted.over(kernel.syscalls(), this::before);
    }

    private Object before(String call, Object[] arguments) {
        if (millis > 0 && call.equals("ioSubmit")) {
            long began = System.nanoTime();
            if (sleeps) {
                sleep();
            } else {
                spin();
            }
            long switches = LibAio.instance().voluntarySwitches();
            CallTimes.tell(arguments, System.nanoTime() - began, switches);
        }
        return null;
    }

    private void sleep() {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void spin() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
