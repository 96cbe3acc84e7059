// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The overwrites of a handle that XFS has refused on the loop. The first write in each tick of the
 * kernel's clock changes the file's times, which RWF_NOWAIT does not allow; until a helper has done
 * it, all others are refused, too. They gather here, and one helper submits them together: done by
 * helpers one after the other, they cost writes at depth 32 a fifth of their time.
 */
final class RefusedOverwrites implements Runnable {
    /** So often in a row without a grant, and it is not the times that the kernel minds. */
    private static final int ROUNDS = 4;

    private final DefaultAioFile file;
    private final PostedTasks gathered = new PostedTasks();

    /** A helper is at it, or will be. */
    private final AtomicBoolean busy = new AtomicBoolean();

    /** A hint for the loop: the times have not changed yet, and who asks will be refused. */
    private volatile boolean awaited;

    /** How often a helper was called since the loop was granted one. Confined to the loop. */
    private int rounds;

    RefusedOverwrites(DefaultAioFile file) {
        this.file = file;
    }

    /** On the loop: whether a helper is to change the times. */
    boolean areAwaited() {
        return awaited;
    }

    /** On the loop: whether to gather is worth it. Else helpers do them side by side. */
    boolean mayGather() {
        return rounds < ROUNDS;
    }

    /**
     * On the loop: one has been written. If a helper did it the times are new; it may have been
     * kept from the CPU since, before it could say so.
     *
     * @param asked whether the loop has submitted it
     */
    void passed(boolean asked) {
        if (asked) {
            rounds = 0;
        } else if (awaited) {
            awaited = false;
        }
    }

    /** On the loop, by which nobody else adds. */
    void add(Operation operation) {
        awaited = true;
        gathered.push(operation);
        // A helper that got the first one at once would come back for each of the others.
        if (busy.compareAndSet(false, true) && !file.context.engine.afterReap(this)) {
            start();
        }
    }

    /** On the loop: calls a helper for what has gathered. */
    void start() {
        rounds++;
        try {
            HelperLane.DATA.execute(file.open.device, this);
        } catch (Throwable t) {
            Task rest = takeBack();
            while (rest != null) {
                Operation operation = (Operation) rest;
                rest = PostedTasks.unlink(operation);
                operation.failUnsubmitted(t);
            }
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
                file.context.counters.helperTransfers.addAndGet(length(chain));
                file.context.engine.performAll(chain);
                awaited = false;
            }
            busy.set(false);
            // Whoever has added meanwhile has seen a busy helper.
        } while (!gathered.isEmpty() && busy.compareAndSet(false, true));
    }

    private static int length(Task chain) {
        int length = 0;
        for (Task task = chain; task != null; task = task.nextPosted) {
            length++;
        }
        return length;
    }
}
