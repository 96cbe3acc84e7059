// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;

/**
 * Constants and field offsets of {@code struct iocb}; the picture is at {@link IocbArray}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_submit.2.html">io_submit(2)</a>
 */
public final class Iocb {
    /** Read into one buffer. */
    @Native public static final int PREAD = 0;

    /** Write from one buffer. */
    @Native public static final int PWRITE = 1;

    /** Make data and metadata durable; address, length, offset and RWF bits must be 0. */
    @Native public static final int FSYNC = 2;

    /** Make data durable; address, length, offset and RWF bits must be 0. */
    @Native public static final int FDSYNC = 3;

    /** Wait for poll(2) events, given as the address; length, offset and RWF bits must be 0. */
    @Native public static final int POLL = 5;

    /** Named by the kernel's header and refused by its code with EINVAL. */
    @Native public static final int NOOP = 6;

    /** Read into an array of {@code struct iovec}. */
    @Native public static final int PREADV = 7;

    /** Write from an array of {@code struct iovec}. */
    @Native public static final int PWRITEV = 8;

    /** In the flags field: signal the eventfd of the resfd field on completion. */
    @Native public static final int IOCB_FLAG_RESFD = 1;

    /** In the flags field: the reqprio field holds an I/O priority. */
    @Native public static final int IOCB_FLAG_IOPRIO = 2;

    /** High priority; poll for completion where the device can. */
    @Native public static final int RWF_HIPRI = 0x1;

    /** This write alone as with O_DSYNC. */
    @Native public static final int RWF_DSYNC = 0x2;

    /** This write alone as with O_SYNC. */
    @Native public static final int RWF_SYNC = 0x4;

    /** Answer EAGAIN in place of blocking; not every file system honours it everywhere. */
    @Native public static final int RWF_NOWAIT = 0x8;

    /** This write alone as with O_APPEND. */
    @Native public static final int RWF_APPEND = 0x10;

    /** The POLL event "there is something to read". */
    @Native public static final int POLLIN = 1;

    /** The most bytes the kernel moves in one operation; it cuts longer ones short. */
    public static final int MAX_TRANSFER = 0x7ffff000;

    @Native static final int SIZE = 64;
    @Native static final int DATA = 0;
    @Native static final int KEY = 8;
    @Native static final int RW_FLAGS = 12;
    @Native static final int OPCODE = 16;
    @Native static final int REQPRIO = 18;
    @Native static final int FD = 20;
    @Native static final int ADDRESS = 24;
    @Native static final int LENGTH = 32;
    @Native static final int OFFSET = 40;
    @Native static final int RESERVED = 48;
    @Native static final int FLAGS = 56;
    @Native static final int RESFD = 60;

    private Iocb() {}
}
