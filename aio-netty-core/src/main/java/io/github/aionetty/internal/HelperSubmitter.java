// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.IocbArray;

/**
 * Submits, on helper threads, what could block the loop inside {@code io_submit}: to the same
 * kernel context, so that it completes through the same ring.
 */
final class HelperSubmitter {
    private static final long RETRY_MILLIS = 1;
    private static final int BATCH = 16;

    /** A helper's iocbs, and whose they are; collected with its thread. */
    private static final class Batch {
        final IocbArray iocbs = new IocbArray(BATCH);
        final Operation[] operations = new Operation[BATCH];
    }

    private static final ThreadLocal<Batch> BATCHES = ThreadLocal.withInitial(Batch::new);

    private final DefaultAioContext context;
    private final KernelContext kernel;

    HelperSubmitter(DefaultAioContext context, KernelContext kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    /** The operation is not this thread's any more when this returns: it may have completed. */
    void submit(Operation operation, int fd) {
        IocbArray iocbs = BATCHES.get().iocbs;
        write(iocbs, 0, operation, fd);
        int result = submitPatiently(iocbs, 0, 1, new Patience(context.patienceNanos));
        if (result < 0) {
            refused(operation, result);
        }
    }

    /** The same for all operations of a chain, by the files' own descriptors. */
    void submitAll(Task chain) {
        Task rest = chain;
        try {
            Batch batch = BATCHES.get();
            Patience patience = new Patience(context.patienceNanos);
            while (rest != null) {
                int count = 0;
                while (rest != null && count < BATCH) {
                    Operation next = (Operation) rest;
                    rest = PostedTasks.unlink(next);
                    if (write(batch, count, next)) {
                        count++;
                    }
                }
                submit(batch, count, patience);
            }
        } catch (Throwable t) {
            // No memory for the batch.
            Operation.failUnsubmitted(rest, t);
        }
    }

    private boolean write(Batch batch, int index, Operation operation) {
        try {
            write(batch.iocbs, index, operation, operation.open.descriptor());
            batch.operations[index] = operation;
            return true;
        } catch (Throwable t) {
            // The caller has released the memory: it is told by its promise.
            operation.failUnsubmitted(t);
            return false;
        }
    }

    private void submit(Batch batch, int count, Patience patience) {
        int from = 0;
        while (from < count) {
            int accepted = submitPatiently(batch.iocbs, from, count - from, patience);
            if (accepted <= 0) {
                // The kernel stops at the first one that it refuses.
                refused(batch.operations[from], accepted);
                accepted = 1;
            }
            from += accepted;
        }
        java.util.Arrays.fill(batch.operations, 0, count, null);
    }

    private void write(IocbArray iocbs, int index, Operation operation, int fd) {
        iocbs.set(
                index,
                operation.slot,
                operation.opcode,
                operation.rwFlags,
                fd,
                Addresses.of(operation),
                operation.transferLength,
                operation.transferPosition,
                kernel.eventFd());
    }

    private void refused(Operation operation, int negative) {
        operation.result = negative;
        try {
            if (Patience.isForTheMoment(negative)) {
                // It has been tried for long enough.
                operation.cause = operation.failure(negative);
            }
        } catch (Throwable t) {
            operation.cause = t;
        }
        context.post(operation);
    }

    /**
     * How many the kernel has accepted, at least one, else −errno. Patience that is used up comes
     * back when it accepts one.
     */
    private int submitPatiently(IocbArray iocbs, int from, int count, Patience patience) {
        while (true) {
            int accepted = kernel.sys().ioSubmit(kernel.id(), count, iocbs.pointers(from));
            if (!Patience.isForTheMoment(accepted)) {
                patience.renew();
                return accepted;
            }
            if (!patience.isLeft()) {
                return accepted == 0 ? -Errno.EAGAIN : accepted;
            }
            Patience.pause(RETRY_MILLIS);
        }
    }
}
