// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFiles;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;

/** Ways to keep names beneath a directory, for tests to choose from. */
public enum DirectoryAccess {
    /** By the kernel. */
    OPENAT2,

    /** As on a kernel without openat2. */
    LINK_BY_LINK,

    /** As without the native library. */
    WITHOUT_DESCRIPTOR;

    /** Operations on names that open directories in this way. */
    public AioFiles files(EventLoop loop) {
        return files(loop, LibAio.instance());
    }

    /** The same by other system calls. */
    public AioFiles files(EventLoop loop, Syscalls sys) {
        return new DefaultAioFiles(
                loop,
                directory ->
                        switch (this) {
                            case OPENAT2 -> Beneath.probe(sys, directory);
                            case LINK_BY_LINK -> new Beneath(sys, false, false);
                            case WITHOUT_DESCRIPTOR -> new Beneath(null, false, false);
                        });
    }

    /** Whether this kernel has it. */
    public static boolean openat2() {
        try {
            return Beneath.probe(LibAio.instance(), null).enforced;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Whether this kernel tells what it has in memory. */
    public static boolean byHeart() {
        try {
            return Beneath.probe(LibAio.instance(), null).cached;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
