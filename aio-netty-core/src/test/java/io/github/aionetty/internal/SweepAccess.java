// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.CompletionRing;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;

/** What the every-nth-failure sweep needs of the inside. */
public final class SweepAccess {
    private SweepAccess() {}

    /**
     * Makes a loop's context over given system calls. One at a time: how completions are taken is
     * told by a system property.
     *
     * @param capacity 0 for the default, which may be lowered
     */
    public static synchronized AioContext build(
            EventLoop loop,
            Syscalls sys,
            AioEngine engine,
            int capacity,
            int patienceMillis,
            boolean fetching) {
        DefaultBuilder builder =
                ContextRegistry.builder(loop).syscalls(sys).engine(engine).patience(patienceMillis);
        if (capacity > 0) {
            builder.capacity(capacity);
        }
        System.setProperty(CompletionRing.REAP_PROPERTY, fetching ? "syscall" : "ring");
        try {
            return builder.build();
        } finally {
            System.clearProperty(CompletionRing.REAP_PROPERTY);
        }
    }

    /** Operations on names, of which those of directories are made with given system calls. */
    public static AioFiles files(EventLoop loop, Syscalls sys) {
        return new DefaultAioFiles(loop, directory -> Beneath.probe(sys, directory));
    }

    /** What is shared by all open files: nothing of it may stay behind. */
    public static String shared() {
        InodeTable table = InodeTable.INSTANCE;
        return "inodes=" + table.size() + " devices=" + table.devices() + " pools=" + table.pools();
    }
}
