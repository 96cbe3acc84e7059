// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioRoute;
import io.github.aionetty.nativeaio.Errno;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way of a context's operations: from the caller into a slot, transfer by transfer to the
 * engine or a helper, and back to the promise. Confined to the owner where nothing else is said.
 */
final class OperationFlow {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(OperationFlow.class);

    final Slots slots;
    final PendingQueue pending;
    private final DefaultAioContext context;
    private boolean startingPending;

    OperationFlow(DefaultAioContext context, int capacity, int maxPending) {
        this.context = context;
        this.slots = new Slots(capacity);
        this.pending = new PendingQueue(maxPending, capacity);
    }

    /** Takes an operation up, on any thread. */
    void execute(Operation operation) {
        if (context.eventLoop().inEventLoop()) {
            start(operation);
            return;
        }
        try {
            context.eventLoop().execute(operation);
        } catch (RejectedExecutionException e) {
            operation.complete(context.rejection(e), false);
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
        operation.requests = Routing.requests(operation);
        if (slots.isFull() || !pending.mayPass(operation)) {
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
            abandon(operation, new CancellationException());
            return;
        }
        slots.take(operation);
        operation.share.begin(operation);
        if (operation.isSync() && operation.open.inode != null) {
            operation.commits = true;
            operation.open.inode.device.syncs.incrementAndGet();
        }
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
        boolean kernel = context.engine.submitsOnLoop(operation.open);
        if (operation.needsRange() && !operation.acquireRange()) {
            // By a helper, as soon as it is granted.
            count(kernel ? Routing.waitsWith(operation) : AioRoute.THREAD_POOL);
            return true;
        }
        if (Routing.OFF) {
            plainly(operation);
            return true;
        }
        AioRoute route = kernel ? Routing.route(operation) : AioRoute.THREAD_POOL;
        count(route);
        if (Routing.isOnLoop(route)) {
            context.engine.submit(operation);
        } else if (Routing.gathers(operation, route)) {
            operation.file.refused.add(operation);
        } else {
            toHelper(operation);
        }
        return true;
    }

    /** With routing switched off: on the loop, come what may. */
    private void plainly(Operation operation) {
        boolean submits = context.engine.submitsOnLoop(operation.open);
        if (submits && !operation.viaBuffered && !operation.isSync()) {
            context.engine.submit(operation);
        } else {
            operation.result = operation.open.perform(operation);
            context.post(operation);
        }
    }

    private void count(AioRoute route) {
        context.counters.routes[route.ordinal()].increment();
    }

    /** Any thread: hands the operation's transfer to a helper. */
    void toHelper(Operation operation) {
        context.counters.helperTransfers.incrementAndGet();
        try {
            HelperLane.DATA.execute(operation.open.device, operation.onHelper);
        } catch (RejectedExecutionException e) {
            refuse(operation, e);
        }
    }

    /** Any thread: no helper has taken it. */
    void refuse(Operation operation, RejectedExecutionException cause) {
        operation.cause = cause;
        operation.result = -Errno.EAGAIN;
        context.post(operation);
    }

    Operation inSlot(int slot) {
        return slots.get(slot);
    }

    /** On the loop: takes up the result of the operation's current transfer. */
    void complete(Operation operation, int result) {
        boolean again = false;
        Throwable failure = null;
        try {
            if (context.engine.submitsOnLoop(operation.open)) {
                Routing.learn(operation, result);
            }
            if (result >= 0) {
                operation.succeeded();
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
        context.shutdown.check();
    }

    /** On the owner: takes the operation out of its slot and its range. */
    void release(Operation operation) {
        slots.free(operation);
        pending.freed(operation);
        context.counters.completed.increment();
        if (operation.commits) {
            operation.commits = false;
            operation.open.inode.device.syncs.decrementAndGet();
        }
        if (operation.overwrites) {
            operation.overwrites = false;
            InodeState inode = operation.open.inode;
            if (operation.done > 0) {
                long end = operation.position + operation.done;
                inode.pages.remove(operation.position, end);
                inode.ahead.wrote(end);
                if (operation.rwFlags == 0) {
                    inode.touch(System.nanoTime());
                }
            }
            operation.file.leavesGate();
        } else if (operation.holdsRange) {
            operation.holdsRange = false;
            operation.open.inode.wrote(operation, operation.position, operation.done);
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
}
