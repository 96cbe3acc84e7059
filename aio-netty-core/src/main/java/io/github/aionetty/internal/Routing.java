// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Iocb;

/**
 * Decides where a transfer is submitted: the one place that knows what the kernel turns
 * synchronous.
 *
 * <p>Reads go from the loop with {@code RWF_NOWAIT}; what the kernel refuses, and what follows it,
 * goes to a helper. Syncs run on a workqueue of the kernel's own. Writes go to a helper: extending
 * a file, filling a hole, writing through the page cache, or overwriting while another operation of
 * the inode does one of these blocks {@code io_submit}, 20 to 300 ms on a slow disk.
 */
final class Routing {
    private static final int COPIED_ON_LOOP = 256 * 1024;
    private static final int DIRECT_ON_LOOP = 2 * 1024 * 1024;

    private Routing() {}

    /** True to submit from the loop; sets the transfer's flags. */
    static boolean onLoop(Operation operation) {
        operation.rwFlags = 0;
        switch (operation.opcode) {
            case Iocb.FSYNC, Iocb.FDSYNC:
                return true;
            case Iocb.PREAD:
                if (operation.helper || operation.open.nowaitRefused) {
                    return false;
                }
                operation.rwFlags = Iocb.RWF_NOWAIT;
                // What the page cache holds is copied inside io_submit, and what it does not is
                // mapped there: more than this is read in turns.
                operation.shorten(operation.open.direct ? DIRECT_ON_LOOP : COPIED_ON_LOOP);
                return true;
            default:
                return false;
        }
    }
}
