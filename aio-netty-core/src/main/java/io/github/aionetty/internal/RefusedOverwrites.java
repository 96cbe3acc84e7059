// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The overwrites of a handle that XFS has refused on the loop. The first write in each tick of the
 * kernel's clock changes the file's times, which RWF_NOWAIT does not allow; until a helper has done
 * it, all others are refused, too. They gather here, and one helper submits them together: done by
 * helpers one after the other, they cost writes at depth 32 a fifth of their time.
 */
final class RefusedOverwrites implements Runnable {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(RefusedOverwrites.class);

    /** So many chains in a row without a grant, and it is not the times that the kernel minds. */
    private static final int CHAINS = 8;

    private final DefaultAioFile file;
    private final PostedTasks gathered = new PostedTasks();

    /** A helper is at it, or will be. */
    private final AtomicBoolean busy = new AtomicBoolean();

    /** A hint for the loop: the times have not changed yet, and who asks will be refused. */
    private volatile boolean awaited;

    /** How many were begun since the loop was granted one. Confined to the loop. */
    private int chains;

    RefusedOverwrites(DefaultAioFile file) {
        this.file = file;
    }

    /** On the loop: whether a helper is to change the times. */
    boolean areAwaited() {
        return awaited;
    }

    /** On the loop: whether to gather is worth it. Else helpers do them side by side. */
    boolean mayGather() {
        return chains < CHAINS;
    }

    /**
     * On the loop: one has been written. If a helper did it the times are most likely new; it may
     * have been kept from the CPU since, before it could say so.
     *
     * @param asked whether the loop has submitted it
     */
    void passed(boolean asked) {
        if (asked) {
            chains = 0;
        } else if (awaited) {
            awaited = false;
        }
    }

    /** On the loop, by which nobody else adds. */
    void add(Operation operation) {
        awaited = true;
        if (gathered.push(operation)) {
            chains++;
        }
        // A helper that got the first one at once would come back for each of the others.
        if (busy.compareAndSet(false, true) && !file.context.engine.afterReap(this)) {
            start();
        }
    }

    /** On the loop: calls a helper for what has gathered. */
    void start() {
        try {
            HelperLane.DATA.execute(file.open.device, this);
        } catch (Throwable t) {
            Operation.failUnsubmitted(takeBack(), t);
        }
    }

    /** Nobody will come. */
    private Task takeBack() {
        awaited = false;
        Task chain = gathered.takeStack();
        busy.set(false);
        return chain;
    }

    @Override
    public void run() {
        do {
            Task chain;
            while ((chain = gathered.takeStack()) != null) {
                submit(chain);
            }
            busy.set(false);
            // Whoever has added meanwhile has seen a busy helper.
        } while (!gathered.isEmpty() && busy.compareAndSet(false, true));
    }

    private void submit(Task chain) {
        try {
            file.context.counters.helperTransfers.addAndGet(length(chain));
            file.context.engine.performAll(chain);
        } catch (Throwable t) {
            // Or nobody would ever come again.
            LOGGER.warn("a helper task failed", t);
        } finally {
            awaited = false;
        }
    }

    private static int length(Task chain) {
        int length = 0;
        for (Task task = chain; task != null; task = task.nextPosted) {
            length++;
        }
        return length;
    }
}
