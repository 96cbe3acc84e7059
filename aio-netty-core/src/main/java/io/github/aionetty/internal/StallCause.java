// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Iocb;

/** Why an {@code io_submit} may have taken long; what an operation does likeliest comes first. */
enum StallCause {
    WRITE(
            "the inode or the file system's journal was busy: another process wrote or synced the"
                    + " file, or the kernel made its periodic commit; or the file system was"
                    + " frozen, by fsfreeze or for a snapshot",
            "keep other processes from writing or syncing this file, and do not write while a"
                    + " snapshot is taken"),
    BUFFERED_READ(
            "a page or the inode was locked, for writeback or by another process",
            "keep other processes from writing this file, or open it with AioOpenOption.DIRECT"),
    DIRECT_READ(
            "the file's extent map was not in memory any more, for memory was short, and had to be"
                    + " read from the device",
            "a helper loads it again; give the machine or the container more memory"),
    SYNC(
            "none is known, for the kernel runs syncs on threads of its own",
            "please report it if it comes again"),

    /** Of no operation. */
    PREEMPTED(
            "the thread did not sleep in it: other threads or machines had its CPU, or the kernel"
                    + " had much to compute",
            "compare the CPU's load, and give the machine or the container more of it");

    /** In words for whoever runs the program. */
    final String cause;

    final String remedy;

    StallCause(String cause, String remedy) {
        this.cause = cause;
        this.remedy = remedy;
    }

    /** What the operation may have blocked for. */
    static StallCause of(Operation operation) {
        return switch (operation.opcode) {
            case Iocb.PWRITE -> WRITE;
            case Iocb.PREAD ->
                    operation.open.direct && !operation.viaBuffered ? DIRECT_READ : BUFFERED_READ;
            default -> SYNC;
        };
    }
}
