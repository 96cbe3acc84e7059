// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.Syscalls;

/** A kernel played in memory, whose {@code io_submit} blocks when told to. */
public final class SlowKernel {
    private final FakeKernel kernel = new FakeKernel();
    private volatile long millis;

    /** From now on each {@code io_submit} takes that long; with 0 it takes no time. */
    public void blockFor(long newMillis) {
        millis = newMillis;
    }

    /** To be given to a context. */
    public Syscalls syscalls() {
        return Intercepted.over(kernel.syscalls(), (call, arguments) -> before(call));
    }

    private Object before(String call) {
        if (millis > 0 && call.equals("ioSubmit")) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return null;
    }
}
