// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioEngine;
import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.EventConsumer;
import io.github.aionetty.nativeaio.IoEvents;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Kernel AIO: submits in batches, and reads completions from the mapped ring when the loop's epoll
 * reports the context's eventfd. All of it on the loop, but for {@link #perform} and what follows
 * {@link #detach}.
 */
final class KernelEngine implements Engine, EventConsumer {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(KernelEngine.class);

    private static final int POLL = 8;

    private static final long RETRY_MILLIS = 1;
    private final DefaultAioContext context;
    private final Syscalls sys;
    private final KernelContext kernel;
    private final CompletionRing ring;
    private final SubmissionQueue queue;
    private final HelperSubmitter helper;
    private final EventLoop loop;
    private final Runnable flushTask = this::flushScheduled;
    private final Runnable turnTask = this::turn;
    private final Runnable nextTurnTask = this::toNextTurn;
    private final Runnable retryTask = this::retry;

    private boolean flushPending;
    private boolean retryPending;
    private boolean turnPending;
    private boolean reaping;
    private boolean completingRefused;
    private boolean detached;
    private boolean blind;

    /** Completions of this turn, and their bytes. */
    private int handled;

    private long turnBytes;

    /** At this turn's tail something was taken up. */
    private boolean reapedAtTail;

    private boolean refusedInTurn;

    private final BusyPoll busyPoll;

    private final ArrayDeque<RefusedOverwrites> startAfterReap = new ArrayDeque<>();

    /** With a kernel that fails to tell of completions. */
    private final Patience patience;

    KernelEngine(DefaultAioContext context, KernelContext kernel, int busyPollMicros) {
        this.context = context;
        this.kernel = kernel;
        this.sys = kernel.sys();
        this.loop = context.eventLoop();
        this.helper = new HelperSubmitter(context, kernel);
        this.patience = new Patience(context.patienceNanos);
        this.ring = CompletionRing.of(sys, kernel.id(), kernel.capacity());
        this.queue =
                new SubmissionQueue(
                        sys,
                        kernel.id(),
                        kernel.eventFd(),
                        kernel.capacity(),
                        context.counters.submits,
                        new StallDetector(sys, context.counters, Routing::blocked),
                        context.patienceNanos);
        this.busyPoll =
                new BusyPoll(loop, ring, context.flow.slots, busyPollMicros, this::reapInTime);
    }

    @Override
    public AioEngine kind() {
        return AioEngine.KERNEL;
    }

    @Override
    public boolean submitsOnLoop(OpenFile file) {
        return file.descriptor() >= 0;
    }

    @Override
    public void submit(Operation operation) {
        queue.add(operation);
        if (refusedInTurn) {
            // Who tries again at once is heard in the next turn: else there would be none.
            scheduleNextTurn();
            return;
        }
        if (!retryPending && queue.size() >= SubmissionQueue.batch(context.flow.slots.inUse())) {
            flush();
            if (!reaping) {
                // Who has called may sleep before the next call.
                queue.turnEnds();
            }
        }
        if (!flushPending && !reaping) {
            // For the rest of a batch, and for what has completed inside of io_submit.
            scheduleFlush();
        }
    }

    private void scheduleFlush() {
        flushPending = true;
        try {
            if (loop instanceof SingleThreadEventLoop single) {
                single.executeAfterEventLoopIteration(flushTask);
            } else {
                loop.execute(flushTask);
            }
        } catch (RejectedExecutionException e) {
            // Its queue is full, or it is ending: there may be no later turn to wait for.
            flushPending = false;
            flush();
            queue.turnEnds();
        }
    }

    private void flushScheduled() {
        flushPending = false;
        if (!turnPending && !reapedAtTail) {
            reapAtTail();
        } else if (!detached) {
            flush();
            queue.turnEnds();
        }
    }

    /**
     * Once a turn, or listeners could keep the loop among its tail tasks for ever. What completes
     * after it has an edge of its own, and so has what this takes up: there will be another turn.
     */
    private void reapAtTail() {
        int before = handled;
        reap();
        reapedAtTail = handled != before;
    }

    private void flush() {
        SubmissionQueue.Outcome outcome = queue.flush();
        if (outcome == SubmissionQueue.Outcome.FULL && !retryPending) {
            // Unreaped completions count against the ring: a retry reaps first.
            scheduleRetry();
        } else if (outcome == SubmissionQueue.Outcome.ENOUGH) {
            scheduleNextTurn();
        }
        completeRefused();
    }

    private void scheduleRetry() {
        retryPending = true;
        try {
            loop.schedule(retryTask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            MustRun.on(loop, retryTask);
        }
    }

    private void retry() {
        retryPending = false;
        newTurn();
        reap();
    }

    /** After the flush and never inside another one: listeners may submit again. */
    private void completeRefused() {
        if (completingRefused) {
            return;
        }
        completingRefused = true;
        try {
            Operation operation;
            while ((operation = queue.pollRefused()) != null) {
                refusedInTurn = true;
                context.flow.complete(operation, operation.result);
            }
        } finally {
            completingRefused = false;
        }
    }

    /** The eventfd was signalled. */
    void signalled() {
        if (!turnPending) {
            newTurn();
            reap();
        }
        // Else this turn's share is taken up by the task that is queued.
    }

    /** What may be handed out and copied until the next one is counted anew. */
    private void newTurn() {
        handled = 0;
        turnBytes = 0;
        reapedAtTail = false;
        refusedInTurn = false;
        queue.newTurn();
    }

    /** A turn's completions, or more of them; what is over its bounds goes on in the next turn. */
    private void reap() {
        if (detached || reaping) {
            return;
        }
        boolean over = false;
        boolean flushed = false;
        boolean full = false;
        reaping = true;
        try {
            int before = handled;
            int polled;
            do {
                int most = Math.min(POLL, Turn.COMPLETIONS - handled);
                polled = ring.poll(this, most);
                full = polled == most;
                handled += Math.max(0, polled);
                over = handled >= Turn.COMPLETIONS || turnBytes >= Turn.BYTES;
                flushed = !over && polled >= 0 && !full;
            } while (flushed ? submitted() : !over && full);
            if (polled >= 0 || handled > before) {
                patience.renew();
            }
            if (polled < 0) {
                refusesEvents(polled);
            }
        } finally {
            reaping = false;
            RefusedOverwrites refused;
            while ((refused = startAfterReap.poll()) != null) {
                // Also when listeners have closed the context: it waits for them.
                refused.start();
            }
            if (!detached) {
                if (!flushed) {
                    flush();
                }
                queue.turnEnds();
            }
        }
        // Where to look takes a call, a full poll says as much.
        if (over && !detached && (ring.mapped() ? ring.hasEvents() : full)) {
            scheduleNextTurn();
        } else {
            busyPoll.begin();
        }
    }

    /** False if this turn has handed out its share. */
    private boolean reapInTime() {
        reapAtTail();
        return !turnPending && !detached;
    }

    /**
     * The ring is empty for now. What the listeners have asked for is submitted, before the loop
     * looks again at what has completed meanwhile: that takes no call, and the next epoll_wait is
     * put off until there is nothing else to do.
     *
     * @return false if nothing was submitted, or to look takes a call
     */
    private boolean submitted() {
        int queued = queue.size();
        if (detached || queued == 0) {
            return false;
        }
        flush();
        return !detached && queue.size() < queued && ring.mapped();
    }

    /** The eventfd's edge is used up: it has to be asked again without one, but not for ever. */
    private void refusesEvents(int negative) {
        if (patience.begins()) {
            LOGGER.warn("io_getevents failed: {}", Errno.name(-negative));
        }
        if (!patience.isLeft()) {
            LOGGER.error("{} is closed: io_getevents fails: {}", context, Errno.name(-negative));
            context.shutdown.loopEnding();
        } else if (!retryPending) {
            scheduleRetry();
        }
    }

    /**
     * From the tail of this turn into the tasks of the next. One at a time, whoever asks for it.
     */
    private void scheduleNextTurn() {
        if (turnPending) {
            return;
        }
        turnPending = true;
        if (!Turn.atTail(loop, nextTurnTask)) {
            toNextTurn();
        }
    }

    private void toNextTurn() {
        MustRun.on(loop, turnTask);
    }

    private void turn() {
        turnPending = false;
        newTurn();
        reap();
    }

    @Override
    public void accept(long data, long res) {
        turnBytes += Math.max(0, res);
        try {
            context.flow.complete(context.flow.inSlot((int) data), (int) res);
        } catch (Throwable t) {
            // The events behind this one have no edge of their own.
            LOGGER.warn("a completion was not taken up", t);
        }
    }

    @Override
    public void perform(Operation operation) {
        OpenFile open = operation.open;
        open.warmUp(operation);
        int fd = open.descriptorFor(operation);
        if (open.descriptor() < 0) {
            operation.result = open.perform(operation);
            context.post(operation);
        } else if (fd < 0) {
            operation.result = fd;
            context.post(operation);
        } else {
            boolean reads = operation.opcode == Iocb.PREAD;
            helper.submit(operation, fd);
            if (reads && open.touchesAccessTime) {
                open.touchesAccessTime = false;
            }
        }
    }

    @Override
    public boolean afterReap(RefusedOverwrites refused) {
        return reaping && startAfterReap.add(refused);
    }

    @Override
    public void performAll(Task chain) {
        helper.submitAll(chain);
    }

    @Override
    public Operation withdraw() {
        return queue.poll();
    }

    @Override
    public void detach() {
        detached = true;
        busyPoll.end();
        ring.close();
    }

    @Override
    public boolean drain(Drainer drainer, int millis) {
        EventConsumer consumer =
                (data, res) -> drainer.completed(context.flow.inSlot((int) data), (int) res);
        if (ring.takeFetched(consumer) > 0) {
            return true;
        }
        IoEvents events = new IoEvents(Turn.COMPLETIONS);
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        int count = sys.ioGetEvents(kernel.id(), 1, Turn.COMPLETIONS, events.address(), nanos);
        for (int i = 0; i < count; i++) {
            consumer.accept(events.data(i), events.res(i));
        }
        return count >= 0 || drainRing(consumer);
    }

    /** Where io_getevents is refused, by a seccomp profile for one: as the loop does. */
    private boolean drainRing(EventConsumer consumer) {
        CompletionRing mapped = CompletionRing.tryMap(kernel.id(), kernel.capacity());
        if (mapped == null && !blind) {
            blind = true;
            LOGGER.warn("{} cannot see what is in flight end, and waits for ever", context);
        }
        return mapped != null && mapped.poll(consumer, Turn.COMPLETIONS) > 0;
    }

    @Override
    public void destroy() {
        queue.close();
        kernel.destroy();
    }
}
