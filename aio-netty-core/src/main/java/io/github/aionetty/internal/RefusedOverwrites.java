// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import java.util.concurrent.RejectedExecutionException;

/**
 * The overwrites of a handle that XFS has refused on the loop. The first write in each tick of the
 * kernel's clock changes the file's times, which RWF_NOWAIT does not allow; until a helper has done
 * it, all others are refused, too. So one of them goes to a helper, and the others gather here
 * until it is submitted; then the loop asks for them again. Done by helpers, one after the other,
 * they cost writes at depth 32 a fifth of their time.
 */
final class RefusedOverwrites implements Runnable {
    private final PostedTasks gathered = new PostedTasks();

    /** A hint for the loop: somebody is at it, and who asks will be refused. */
    private volatile boolean awaited;

    /** On the loop: whether a helper is changing the times. */
    boolean areAwaited() {
        return awaited;
    }

    /** On the loop, by which nobody else adds. */
    void add(Operation operation) {
        Long device = operation.open.device;
        OperationFlow flow = operation.context().flow;
        awaited = true;
        if (!gathered.push(operation)) {
            return;
        }
        try {
            HelperLane.DATA.execute(device, this);
        } catch (RejectedExecutionException e) {
            awaited = false;
            // The loop alone adds: nothing else can have gathered.
            flow.refuse((Operation) gathered.takeStack(), e);
        } catch (Throwable t) {
            awaited = false;
            unlink(gathered.takeStack());
            throw t;
        }
    }

    /** Whoever adds while this runs, and finds nothing gathered, has another helper run it. */
    @Override
    public void run() {
        Operation first = (Operation) gathered.takeStack();
        Task others = unlink(first);
        first.context().counters.helperTransfers.incrementAndGet();
        first.onHelper.run();
        awaited = false;
        while (others != null) {
            Operation other = (Operation) others;
            others = unlink(other);
            askAgain(other);
        }
    }

    /** Before the operation is handed on, after which it is not ours. */
    private static Task unlink(Task task) {
        Task next = task.nextPosted;
        task.nextPosted = null;
        return next;
    }

    /**
     * It has not begun, which is what EINTR says: the loop starts it anew, and gives it to a helper
     * of its own if it is refused once more.
     */
    private static void askAgain(Operation operation) {
        operation.deferred = true;
        operation.helper = false;
        operation.result = -Errno.EINTR;
        operation.context().post(operation);
    }
}
