// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Owns a context after its loop has let go: waits until the kernel and the helpers are done with
 * every buffer and descriptor, however long the device takes, and only then gives back what there
 * is. Promises complete on the loop while it takes tasks, and on this thread after its end, failed,
 * with their results released.
 */
final class Drainer implements Runnable {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Drainer.class);
    private static final int POLL_MILLIS = 20;

    /** One completion on its way to the loop, taken by whoever comes first. */
    private static final class Delivery implements Runnable {
        final AtomicBoolean taken = new AtomicBoolean();
        final Runnable onLoop;
        final Runnable loopGone;

        Delivery(Runnable onLoop, Runnable loopGone) {
            this.onLoop = onLoop;
            this.loopGone = loopGone;
        }

        @Override
        public void run() {
            take(onLoop);
        }

        void take(Runnable completion) {
            if (taken.compareAndSet(false, true)) {
                completion.run();
            }
        }
    }

    private final DefaultAioContext context;
    private final EventLoop loop;
    private final List<Delivery> deliveries = new ArrayList<>();

    Drainer(DefaultAioContext context) {
        this.context = context;
        this.loop = context.eventLoop();
    }

    @Override
    public void run() {
        try {
            while (context.flow.slots.inUse() > 0 || context.tasks > 0) {
                if (!context.engine.drain(this, POLL_MILLIS)) {
                    Patience.pause(POLL_MILLIS);
                }
                takePosted();
            }
            context.flow.pending.giveBack();
            context.engine.destroy();
            for (DefaultAioFile file : context.files) {
                file.closing().endNow();
            }
            // On the loop while it lives: buffers are released there without a lock.
            deliver(context.allocator::close);
            for (DefaultAioFile file : context.files) {
                deliver(() -> succeed(file.closing().overtaken()));
            }
            context.files.clear();
            deliver(() -> succeed(context.shutdown.closed()));
            finishDeliveries();
        } catch (Throwable t) {
            LOGGER.error("{} was not closed in order", context, t);
        }
    }

    private void takePosted() {
        Task task = context.posted.takeAll();
        while (task != null) {
            Task next = PostedTasks.unlink(task);
            task.deliverTo(this);
            task = next;
        }
    }

    /** A transfer has come to its end. The operation ends with it, complete or not. */
    void completed(Operation operation, int result) {
        Throwable failure = null;
        try {
            if (result < 0) {
                boolean again = operation.cause == null && operation.retry(result);
                failure =
                        again && result != -Errno.EIO
                                ? context.closedFailure()
                                : operation.failure(result);
            } else if (!operation.advance(result)) {
                failure = context.closedFailure();
            }
        } catch (Throwable t) {
            failure = t;
        }
        context.flow.release(operation);
        Throwable outcome = failure;
        deliver(
                new Delivery(
                        () -> operation.complete(outcome, false),
                        () ->
                                operation.complete(
                                        outcome == null ? context.closedFailure() : outcome,
                                        false)));
    }

    /** A metadata task has come back. */
    void taskDone(Runnable onLoop, Runnable loopGone) {
        context.tasks--;
        deliver(new Delivery(onLoop, loopGone));
    }

    private void deliver(Runnable completion) {
        deliver(new Delivery(completion, completion));
    }

    private void deliver(Delivery delivery) {
        deliveries.add(delivery);
        // Where the loop has ended, finishDeliveries completes it on this thread.
        MustRun.on(loop, delivery);
    }

    /** Waits until the loop has run them all; if it ends before, completes the rest itself. */
    private void finishDeliveries() throws InterruptedException {
        for (Delivery delivery : deliveries) {
            while (!delivery.taken.get()) {
                if (loop.terminationFuture().await(POLL_MILLIS)) {
                    delivery.take(delivery.loopGone);
                }
            }
        }
    }

    private static void succeed(List<Promise<Void>> promises) {
        for (Promise<Void> promise : promises) {
            promise.trySuccess(null);
        }
    }
}
