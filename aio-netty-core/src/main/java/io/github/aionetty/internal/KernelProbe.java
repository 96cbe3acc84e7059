// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.NativeLibrary;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.epoll.Epoll;

/** Asks once whether kernel AIO works in this process, and keeps the answer. */
public final class KernelProbe {
    private KernelProbe() {}

    /** Holds the answer; initialised on the first question. */
    private static final class Answer {
        static final Throwable CAUSE = ask();
    }

    /**
     * Why kernel AIO does not work.
     *
     * @return the cause, or {@code null} where it works
     */
    public static Throwable cause() {
        return Answer.CAUSE;
    }

    private static Throwable ask() {
        if (!NativeLibrary.isAvailable()) {
            return NativeLibrary.unavailabilityCause();
        }
        if (!Epoll.isAvailable()) {
            return Epoll.unavailabilityCause();
        }
        return ask(LibAio.instance());
    }

    /** The kernel's own answer: a context of one, destroyed off this thread. */
    static Throwable ask(Syscalls sys) {
        long context = sys.ioSetup(1);
        if (context >= 0) {
            // io_destroy waits for an RCU grace period, some 30 ms: too long for a caller's loop.
            HelperLane.METADATA.execute(HelperLane.CHORES, () -> sys.ioDestroy(context));
            return null;
        }
        int errno = (int) -context;
        if (errno == Errno.EAGAIN) {
            // fs.aio-max-nr is used up for now; each context says so on its own.
            return null;
        }
        String remedy =
                switch (errno) {
                    case Errno.ENOSYS -> "; this kernel is built without CONFIG_AIO";
                    case Errno.EPERM ->
                            "; a seccomp profile denies it: allow io_setup, io_submit,"
                                    + " io_getevents, io_cancel and io_destroy";
                    default -> "";
                };
        return new UnsupportedOperationException(
                "io_setup failed: "
                        + Errno.name(errno)
                        + " ("
                        + Errno.describe(errno)
                        + ')'
                        + remedy);
    }
}
