// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.EventFd;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An {@code io_setup} context with the eventfd that it signals. */
record KernelContext(Syscalls sys, long id, int eventFd, int capacity) {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(KernelContext.class);
    private static final int MIN_CAPACITY = 32;

    /** To be read by the line: it reports a size of 0, and readString gives one character then. */
    private static final Path AIO_NR = Path.of("/proc/sys/fs/aio-nr");

    /**
     * Makes a context. A capacity that was not asked for is halved down to 32 while the system's
     * limit leaves no room.
     */
    static KernelContext create(Syscalls sys, int capacity, boolean exact) throws IOException {
        int wanted = capacity;
        long id = sys.ioSetup(wanted);
        while (id == -Errno.EAGAIN && !exact && wanted / 2 >= MIN_CAPACITY) {
            wanted /= 2;
            id = sys.ioSetup(wanted);
        }
        if (id < 0) {
            throw setupFailure((int) -id, wanted);
        }
        if (wanted < capacity) {
            LOGGER.warn(
                    "capacity={} instead of {}: fs.aio-max-nr is nearly used up; {}",
                    wanted,
                    capacity,
                    remedy(capacity));
        }
        int eventFd = sys.eventFd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        if (eventFd < 0) {
            long unused = id;
            HelperLane.METADATA.execute(HelperLane.CHORES, () -> sys.ioDestroy(unused));
            throw Errors.of(eventFd, "eventfd", null);
        }
        return new KernelContext(sys, id, eventFd, wanted);
    }

    private static IOException setupFailure(int errno, int capacity) {
        String remedy = errno == Errno.EAGAIN ? remedy(capacity) : null;
        return new AioException(errno, "io_setup", null, -1, capacity, remedy);
    }

    private static String remedy(int capacity) {
        try {
            long used = Long.parseLong(Files.readAllLines(AIO_NR).get(0).trim());
            return "raise fs.aio-max-nr to at least " + (used + capacity);
        } catch (IOException | NumberFormatException e) {
            return "raise fs.aio-max-nr, or ask for a smaller capacity";
        }
    }

    /** Blocks for an RCU grace period, some 30 ms, also when nothing is in flight. */
    void destroy() {
        sys.ioDestroy(id);
        sys.close(eventFd);
    }
}
