// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioMetrics;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What belongs to one loop: its engine, its files, its buffers, and the way of its operations.
 * State belongs to the owner: the loop, until {@link ContextShutdown} hands it to a {@link Drainer}
 * for good.
 */
final class DefaultAioContext implements AioContext {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(DefaultAioContext.class);

    final Counters counters = new Counters();
    final IntegerCache integers = new IntegerCache();
    final PostedTasks posted = new PostedTasks();
    final Set<DefaultAioFile> files = ConcurrentHashMap.newKeySet();
    final AlignedAllocator allocator;
    final OperationFlow flow;
    final Engine engine;
    final ContextShutdown shutdown = new ContextShutdown(this);

    /** {@code null} where there is no native library. */
    final Syscalls sys;

    final long patienceNanos;

    private final EventLoop loop;
    private final Runnable deliverTask = this::deliverPosted;
    private final Runnable nextTurnTask = this::toNextTurn;

    /** This turn of the loop has taken up its share; what is posted waits for the next. */
    private boolean turnUsed;

    /** Metadata tasks that are out. */
    int tasks;

    DefaultAioContext(EventLoop loop, Syscalls sys, ContextConfig config, KernelContext kernel) {
        this.loop = loop;
        this.sys = sys;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(config.patienceMillis());
        this.allocator = new AlignedAllocator(loop, SlabMemory.INSTANCE, sys);
        this.flow =
                new OperationFlow(
                        this,
                        kernel == null ? config.capacity() : kernel.capacity(),
                        config.maxPending());
        if (kernel == null) {
            engine = new ThreadPoolEngine(this);
        } else {
            KernelEngine kernelEngine = new KernelEngine(this, kernel, config.busyPollMicros());
            engine = kernelEngine;
            shutdown.handle =
                    new EventFdHandle(kernel.eventFd(), kernelEngine, shutdown::loopEnding);
        }
    }

    /** Any thread: brings a task back to its owner. */
    void post(Task task) {
        if (posted.push(task)) {
            // Where the loop has ended, its drainer looks here by itself.
            MustRun.on(loop, deliverTask);
        }
    }

    /** One turn's share; what is over its bounds goes on in the next turn. */
    private void deliverPosted() {
        if (turnUsed || shutdown.isDetached()) {
            return;
        }
        long bytes = 0;
        for (int i = 0; i < Turn.COMPLETIONS && bytes < Turn.BYTES; i++) {
            // A task may have been the last that the context's end waited for.
            Task task = shutdown.isDetached() ? null : posted.take();
            if (task == null) {
                break;
            }
            if (task instanceof Operation operation) {
                // Before the operation may be used again.
                bytes += Math.max(0, operation.result);
            }
            try {
                task.deliver();
            } catch (Throwable t) {
                // A caller's own promise may throw; the tasks behind it are not to suffer.
                LOGGER.warn("a promise or its listener failed", t);
            }
        }
        // Also where nothing is left: more may be posted before the turn is over.
        turnUsed = Turn.atTail(loop, nextTurnTask);
        if (!turnUsed) {
            toNextTurn();
        }
    }

    private void toNextTurn() {
        turnUsed = false;
        if (!shutdown.isDetached() && !posted.isEmpty()) {
            MustRun.on(loop, deliverTask);
        }
    }

    /** What a rejection by the loop means: it has ended, or its own queue is full. */
    Throwable rejection(RejectedExecutionException cause) {
        return loop.isShutdown() ? closedFailure() : cause;
    }

    AioClosedException closedFailure() {
        return new AioClosedException(
                "the AIO context of " + loop + " is closed, or its loop is; use another loop's");
    }

    @Override
    public Future<AioFile> open(Path path, OpenOption... options) {
        // As the JDK: naming an option twice is no error.
        return open(path, new HashSet<>(Arrays.asList(options)));
    }

    @Override
    public Future<AioFile> open(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        return open(path, options, attributes, LoopPromise.of(loop));
    }

    @Override
    public Future<AioFile> open(
            Path path,
            Set<? extends OpenOption> options,
            FileAttribute<?>[] attributes,
            Promise<AioFile> promise) {
        return OpenTask.start(this, new OpenRequest(path, options, attributes), promise);
    }

    @Override
    public Future<Void> close() {
        return shutdown.close(LoopPromise.of(loop));
    }

    @Override
    public Future<Void> close(Promise<Void> promise) {
        return shutdown.close(promise);
    }

    @Override
    public boolean isOpen() {
        return shutdown.isOpen();
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public AioEngine engine() {
        return engine.kind();
    }

    @Override
    public ByteBufAllocator alloc() {
        return allocator;
    }

    @Override
    public AioMetrics metrics() {
        return new ContextMetrics(this);
    }

    @Override
    public String toString() {
        return "AioContext(" + engine.kind() + ", " + loop + ')';
    }
}
