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
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * A loop's slots and queue, between its files and its engine. State belongs to the owner: the loop,
 * until {@link ContextShutdown} hands it to a {@link Drainer} for good.
 */
final class DefaultAioContext implements AioContext {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(DefaultAioContext.class);

    final Counters counters = new Counters();
    final IntegerCache integers = new IntegerCache();
    final PostedTasks posted = new PostedTasks();
    final Set<DefaultAioFile> files = ConcurrentHashMap.newKeySet();
    final AlignedAllocator allocator;
    final Slots slots;
    final PendingQueue pending;
    final Engine engine;
    final ContextShutdown shutdown = new ContextShutdown(this);

    /** {@code null} where there is no native library. */
    final Syscalls sys;

    private final EventLoop loop;
    private final Runnable deliverTask = this::deliverPosted;

    private boolean startingPending;

    /** Metadata tasks that are out. */
    int tasks;

    DefaultAioContext(EventLoop loop, Syscalls sys, ContextConfig config, KernelContext kernel) {
        this.loop = loop;
        this.sys = sys;
        this.allocator = new AlignedAllocator(loop, SlabMemory.INSTANCE);
        this.slots = new Slots(kernel == null ? config.capacity() : kernel.capacity());
        this.pending = new PendingQueue(config.maxPending(), slots.capacity());
        if (kernel == null) {
            engine = new ThreadPoolEngine(this);
        } else {
            KernelEngine kernelEngine = new KernelEngine(this, kernel);
            engine = kernelEngine;
            shutdown.handle =
                    new EventFdHandle(kernel.eventFd(), kernelEngine, shutdown::loopEnding);
        }
    }

    /** Takes an operation up, on any thread. */
    void execute(Operation operation) {
        if (loop.inEventLoop()) {
            start(operation);
            return;
        }
        try {
            loop.execute(operation);
        } catch (RejectedExecutionException e) {
            operation.complete(rejection(e), false);
        }
    }

    /** On the loop: gives the operation a slot, or lets it wait for one. */
    void start(Operation operation) {
        Throwable refusal = operation.file.refusal();
        if (refusal != null) {
            operation.complete(refusal, true);
            return;
        }
        operation.file.outstanding++;
        operation.share = operation.file.share();
        if (slots.isFull() || !pending.mayPass(operation.share)) {
            if (pending.offer(operation)) {
                startPending();
            } else {
                abandon(operation, pending.rejection(slots.capacity()));
            }
            return;
        }
        begin(operation);
    }

    private void begin(Operation operation) {
        if (!operation.promise.setUncancellable()) {
            // Cancelled while it was queued: completing the promise fails quietly.
            abandon(operation, new java.util.concurrent.CancellationException());
            return;
        }
        slots.take(operation);
        operation.share.inUse++;
        dispatch(operation);
    }

    /** Completes an operation that has no slot. */
    void abandon(Operation operation, Throwable failure) {
        DefaultAioFile file = operation.file;
        try {
            operation.complete(failure, true);
        } finally {
            file.operationDone();
        }
    }

    /** On the owner: starts the operation's next transfer, wherever it may be submitted. */
    private void dispatch(Operation operation) {
        Throwable failure = null;
        try {
            if (transfer(operation)) {
                return;
            }
        } catch (Throwable t) {
            failure = t;
        }
        finish(operation, failure);
    }

    /** False if there is nothing left to transfer. What is under way after this is not ours. */
    private boolean transfer(Operation operation) throws IOException {
        if (!operation.prepare()) {
            return false;
        }
        if (operation.needsRange() && !operation.holdsRange && !operation.acquireRange()) {
            return true;
        }
        if (engine.submitsOnLoop(operation.open) && Routing.onLoop(operation)) {
            engine.submit(operation);
        } else {
            toHelper(operation);
        }
        return true;
    }

    /** Any thread: hands the operation's transfer to a helper. */
    void toHelper(Operation operation) {
        counters.helperTransfers.incrementAndGet();
        try {
            HelperLane.DATA.execute(operation.open.device, operation.onHelper);
        } catch (RejectedExecutionException e) {
            operation.cause = e;
            operation.result = -io.github.aionetty.nativeaio.Errno.EAGAIN;
            post(operation);
        }
    }

    Operation inSlot(int slot) {
        return slots.get(slot);
    }

    /** On the loop: takes up the result of the operation's current transfer. */
    void complete(Operation operation, int result) {
        boolean again = false;
        Throwable failure = null;
        try {
            if (result >= 0) {
                again = !operation.advance(result);
            } else if (operation.cause == null && operation.retry(result)) {
                again = true;
            } else {
                failure = operation.failure(result);
            }
        } catch (Throwable t) {
            failure = t;
        }
        if (again) {
            dispatch(operation);
        } else {
            finish(operation, failure);
        }
    }

    private void finish(Operation operation, Throwable failure) {
        DefaultAioFile file = operation.file;
        release(operation);
        try {
            operation.complete(failure, true);
        } catch (Throwable t) {
            LOGGER.warn("a promise or its listener failed", t);
        }
        file.operationDone();
        startPending();
        shutdown.check();
    }

    /** On the owner: takes the operation out of its slot and its range. */
    void release(Operation operation) {
        slots.free(operation);
        pending.freed(operation.share);
        counters.completed.increment();
        if (operation.holdsRange) {
            operation.holdsRange = false;
            long end = operation.position + operation.done;
            operation.open.inode.release(operation, operation.done > 0 ? end : -1, false);
        }
    }

    private void startPending() {
        if (startingPending) {
            // An operation that ends as it begins comes here again: the loop below goes on.
            return;
        }
        startingPending = true;
        try {
            Operation next;
            while (!slots.isFull() && (next = pending.poll()) != null) {
                begin(next);
            }
        } finally {
            startingPending = false;
        }
    }

    /** Any thread: brings a task back to its owner. */
    void post(Task task) {
        if (posted.push(task)) {
            // Where the loop has ended, its drainer looks here by itself.
            MustRun.on(loop, deliverTask);
        }
    }

    private void deliverPosted() {
        if (shutdown.isDetached()) {
            return;
        }
        Task task = posted.takeAll();
        while (task != null) {
            Task next = task.nextPosted;
            task.nextPosted = null;
            try {
                task.deliver();
            } catch (Throwable t) {
                // A caller's own promise may throw; the tasks behind it are not to suffer.
                LOGGER.warn("a promise or its listener failed", t);
            }
            task = next;
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
        return open(path, options, attributes, loop.newPromise());
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
        return shutdown.close(loop.newPromise());
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
