// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;

/** Collects a context's settings. */
public final class DefaultBuilder implements AioContext.Builder {
    private final EventLoop loop;
    private int capacity = ContextConfig.DEFAULT_CAPACITY;
    private boolean exact;
    private int maxPending = ContextConfig.DEFAULT.maxPending();
    private AioEngine engine = AioEngine.AUTO;
    private int patienceMillis = ContextConfig.DEFAULT.patienceMillis();
    private int busyPollMicros = ContextConfig.DEFAULT.busyPollMicros();
    private Syscalls sys;

    DefaultBuilder(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public DefaultBuilder capacity(int newCapacity) {
        if (newCapacity < 1 || newCapacity > ContextConfig.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity="
                            + newCapacity
                            + " (expected: 1 to "
                            + ContextConfig.MAX_CAPACITY
                            + ")");
        }
        capacity = newCapacity;
        exact = true;
        return this;
    }

    @Override
    public DefaultBuilder maxPending(int newMaxPending) {
        Arguments.notNegative(newMaxPending, "maxPending");
        maxPending = newMaxPending;
        return this;
    }

    @Override
    public DefaultBuilder engine(AioEngine newEngine) {
        engine = Arguments.notNull(newEngine, "engine");
        return this;
    }

    @Override
    public DefaultBuilder busyPoll(int micros) {
        if (micros < 0 || micros > ContextConfig.MAX_BUSY_POLL) {
            throw new IllegalArgumentException(
                    "busyPoll="
                            + micros
                            + " (expected: 0 to "
                            + ContextConfig.MAX_BUSY_POLL
                            + " microseconds)");
        }
        busyPollMicros = micros;
        return this;
    }

    /**
     * Puts other system calls behind the context: how tests make the n-th one fail.
     *
     * @param newSys the system calls
     * @return this
     */
    public DefaultBuilder syscalls(Syscalls newSys) {
        sys = newSys;
        return this;
    }

    /**
     * Lets the context give up sooner what the kernel keeps refusing for the moment: how tests wait
     * for it.
     *
     * @param millis as {@link ContextConfig#patienceMillis} has it
     * @return this
     */
    public DefaultBuilder patience(int millis) {
        patienceMillis = millis;
        return this;
    }

    @Override
    public AioContext build() {
        ContextConfig config =
                new ContextConfig(
                        capacity, exact, maxPending, engine, patienceMillis, busyPollMicros);
        return ContextRegistry.create(loop, sys, config, true);
    }
}
