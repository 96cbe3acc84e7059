// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioEngine;

/** Positional reads and writes by helper threads: works on any loop, kernel and platform. */
final class ThreadPoolEngine implements Engine {
    private final DefaultAioContext context;

    ThreadPoolEngine(DefaultAioContext context) {
        this.context = context;
    }

    @Override
    public AioEngine kind() {
        return AioEngine.THREAD_POOL;
    }

    @Override
    public boolean submitsOnLoop(OpenFile file) {
        return false;
    }

    @Override
    public void submit(Operation operation) {
        throw new IllegalStateException("a thread-pool engine submits nothing on the loop");
    }

    @Override
    public void perform(Operation operation) {
        operation.result = operation.open.perform(operation);
        context.post(operation);
    }

    @Override
    public void performAll(Task chain) {
        throw new IllegalStateException("a thread-pool engine is refused nothing by the kernel");
    }

    @Override
    public boolean afterReap(RefusedOverwrites refused) {
        return false;
    }

    @Override
    public Operation withdraw() {
        return null;
    }

    @Override
    public void detach() {
        // The loop touches nothing of it.
    }

    @Override
    public boolean drain(Drainer drainer, int millis) {
        // Results arrive as posted tasks only.
        return false;
    }

    @Override
    public void destroy() {
        // It holds nothing: the helpers belong to all contexts.
    }
}
