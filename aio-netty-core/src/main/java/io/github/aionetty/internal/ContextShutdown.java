// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The ends of a context: closed by its user while the loop lives, or with the loop. Either way new
 * work is refused first, what is queued fails, and the kernel context goes last, off the loop.
 */
final class ContextShutdown {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(ContextShutdown.class);

    private enum State {
        OPEN,
        /** Refuses new work; the loop still completes what is in flight. */
        CLOSING,
        /** The loop does not touch slots and ring any more. */
        DETACHED,
        CLOSED
    }

    private final DefaultAioContext context;
    private final List<Promise<Void>> waiting = new ArrayList<>(1);
    private volatile State state = State.OPEN;

    private final Runnable hook = this::loopEnding;

    /** The registration on epoll; {@code null} for the other engine. */
    EventFdHandle handle;

    ContextShutdown(DefaultAioContext context) {
        this.context = context;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isDetached() {
        return state == State.DETACHED || state == State.CLOSED;
    }

    /** Why nothing new may begin; {@code null} if it may. */
    Throwable refusal() {
        return state == State.OPEN ? null : context.closedFailure();
    }

    /** Any thread. */
    Promise<Void> close(Promise<Void> promise) {
        Arguments.notNull(promise, "promise");
        synchronized (waiting) {
            if (state != State.CLOSED) {
                waiting.add(promise);
            } else {
                promise.trySuccess(null);
                return promise;
            }
        }
        if (context.eventLoop().inEventLoop()) {
            begin();
        } else {
            // Where the loop has ended, its drainer completes the promise.
            MustRun.on(context.eventLoop(), this::begin);
        }
        return promise;
    }

    private void begin() {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSING;
        ContextRegistry.closing(context);
        failPending();
        check();
    }

    private void failPending() {
        Operation operation;
        while ((operation = context.flow.pending.pollAny()) != null) {
            try {
                context.flow.abandon(operation, context.closedFailure());
            } catch (Throwable t) {
                LOGGER.warn("a promise or its listener failed", t);
            }
        }
    }

    /** On the loop: goes on once nothing is in flight. */
    void check() {
        if (state != State.CLOSING || context.flow.slots.inUse() > 0 || context.tasks > 0) {
            return;
        }
        state = State.DETACHED;
        // The ring stands being closed by a listener that it is handing out to.
        detach();
        startDrainer();
    }

    /**
     * The loop shuts down, or has ended: whatever is in flight is handed to the drainer for good.
     */
    void loopEnding() {
        if (isDetached()) {
            return;
        }
        state = State.DETACHED;
        try {
            failPending();
            failQueued();
        } finally {
            detach();
            startDrainer();
        }
    }

    private void failQueued() {
        Operation operation;
        while ((operation = context.engine.withdraw()) != null) {
            DefaultAioFile file = operation.file;
            context.flow.release(operation);
            try {
                operation.complete(context.closedFailure(), false);
            } catch (Throwable t) {
                LOGGER.warn("a promise or its listener failed", t);
            }
            file.outstanding--;
        }
    }

    /** Nothing is submitted or reaped on the loop any more, and its epoll forgets the eventfd. */
    private void detach() {
        context.engine.detach();
        if (context.eventLoop().inEventLoop()) {
            unwatch();
            if (handle != null) {
                handle.cancel();
            }
        }
    }

    /**
     * Listens to the loop's end. Epoll closes its handles only if it notices the shutdown between
     * two turns, which with a quiet period of 0 it may not, and a loop that is never out of tasks
     * may skip its shutdown hooks: what always comes, but after the last turn, is the termination.
     */
    void watch() {
        if (context.eventLoop() instanceof SingleThreadEventExecutor executor) {
            executor.addShutdownHook(hook);
        }
    }

    private void unwatch() {
        if (context.eventLoop() instanceof SingleThreadEventExecutor executor) {
            executor.removeShutdownHook(hook);
        }
    }

    private void startDrainer() {
        ContextRegistry.detached(context);
        startThread();
    }

    private void startThread() {
        Thread thread = new Thread(new Drainer(context), "aio-netty-drainer");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // Of threads: a limit of processes. What is in flight has nobody else.
            LOGGER.warn("{} cannot be closed yet, and tries again: {}", context, e.toString());
            GlobalEventExecutor.INSTANCE.schedule(this::startThread, 1, TimeUnit.SECONDS);
        }
    }

    /** The kernel context is gone. Returns the promises to complete. */
    List<Promise<Void>> closed() {
        synchronized (waiting) {
            state = State.CLOSED;
            List<Promise<Void>> promises = new ArrayList<>(waiting);
            waiting.clear();
            return promises;
        }
    }
}
