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

    /** A helper's single iocb; collected with its thread. */
    private static final ThreadLocal<IocbArray> IOCB =
            ThreadLocal.withInitial(() -> new IocbArray(1));

    private final DefaultAioContext context;
    private final KernelContext kernel;

    HelperSubmitter(DefaultAioContext context, KernelContext kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    /** The operation is not this thread's any more when this returns: it may have completed. */
    void submit(Operation operation, int fd) {
        IocbArray iocb = IOCB.get();
        iocb.set(
                0,
                operation.slot,
                operation.opcode,
                operation.rwFlags,
                fd,
                Addresses.of(operation),
                operation.transferLength,
                operation.transferPosition,
                kernel.eventFd());
        int result = submitPatiently(iocb);
        if (result < 0) {
            operation.result = result;
            if (Patience.isForTheMoment(result)) {
                // It has been tried for long enough.
                operation.cause = operation.failure(result);
            }
            context.post(operation);
        }
    }

    /** 1 if the kernel has accepted it, else −errno. */
    private int submitPatiently(IocbArray iocb) {
        Patience patience = null;
        while (true) {
            int accepted = kernel.sys().ioSubmit(kernel.id(), 1, iocb.pointers(0));
            if (!Patience.isForTheMoment(accepted)) {
                return accepted;
            }
            if (patience == null) {
                patience = new Patience(context.patienceNanos);
            }
            if (!patience.isLeft()) {
                return accepted == 0 ? -Errno.EAGAIN : accepted;
            }
            Patience.pause(RETRY_MILLIS);
        }
    }
}
