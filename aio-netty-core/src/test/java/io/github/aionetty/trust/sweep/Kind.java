// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.nativeaio.Errno;

/** What a call answers in place of the kernel's own answer. */
enum Kind {
    EAGAIN(Errno.EAGAIN),
    EINTR(Errno.EINTR),
    ENOMEM(Errno.ENOMEM),
    EIO(Errno.EIO),
    ENOSPC(Errno.ENOSPC),
    EINVAL(Errno.EINVAL),

    /** Less than was asked for, without an error. */
    SHORT(0),

    /** More than is true: extents that were never written are said to be. */
    LIE(0);

    final int errno;

    Kind(int errno) {
        this.errno = errno;
    }

    boolean isErrno() {
        return errno > 0;
    }

    /** Whether the library tries again where it says so: other errnos end what meets them. */
    boolean lastsDifferently() {
        return this != ENOMEM && this != ENOSPC && this != EINVAL;
    }

    /** Whether there is such an answer of that call. */
    boolean suits(String call) {
        return switch (this) {
            case SHORT ->
                    switch (call) {
                        case "ioSubmit", "ioGetEvents", "pread", "pwrite", "fiemap", Fault.EVENT ->
                                true;
                        default -> false;
                    };
            case LIE -> call.equals("fiemap");
            default -> true;
        };
    }
}
