// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.NativeLibrary;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.util.internal.SystemPropertyUtil;
import java.io.IOException;
import java.nio.file.Path;

/** Who keeps names beneath a directory: the kernel, if it can, and is allowed to. */
final class Beneath {
    /** {@code off} has this library look at each link, as on old kernels. */
    private static final String PROPERTY = "io.github.aionetty.openat2";

    private static final byte[] ROOT = {'/'};

    private static Beneath ofProcess;

    /** {@code null} where there is no native library. */
    final Syscalls sys;

    /** By openat2. */
    final boolean enforced;

    /** Whether the kernel tells what it knows by heart. */
    final boolean cached;

    Beneath(Syscalls sys, boolean enforced, boolean cached) {
        this.sys = sys;
        this.enforced = enforced;
        this.cached = cached;
    }

    /**
     * Found out once; on a helper.
     *
     * @param directory what is to be opened
     */
    static synchronized Beneath ofProcess(Path directory) throws IOException {
        if (ofProcess == null) {
            boolean off = "off".equals(SystemPropertyUtil.get(PROPERTY));
            if (!NativeLibrary.isAvailable()) {
                ofProcess = new Beneath(null, false, false);
            } else if (off) {
                ofProcess = new Beneath(LibAio.instance(), false, false);
            } else {
                ofProcess = probe(LibAio.instance(), directory);
            }
        }
        return ofProcess;
    }

    /**
     * Asks the kernel.
     *
     * @throws IOException where the answer says nothing of what it can do, such as EMFILE
     */
    static Beneath probe(Syscalls sys, Path directory) throws IOException {
        int answer = open(sys, OpenFlags.RESOLVE_BENEATH, new byte[] {'.'});
        // The latter is what seccomp profiles say of calls that are younger than they are.
        if (answer == -Errno.ENOSYS || answer == -Errno.EPERM) {
            return new Beneath(sys, false, false);
        }
        check(answer, directory);
        answer = open(sys, OpenFlags.RESOLVE_CACHED, ROOT);
        if (answer != -Errno.EINVAL && answer != -Errno.EAGAIN) {
            check(answer, directory);
        }
        return new Beneath(sys, true, answer != -Errno.EINVAL);
    }

    private static int open(Syscalls sys, int resolve, byte[] path) {
        int flags = OpenFlags.O_PATH | OpenFlags.O_CLOEXEC;
        int fd = sys.openat2(OpenFlags.AT_FDCWD, path, flags, 0, resolve);
        if (fd >= 0) {
            sys.close(fd);
        }
        return fd;
    }

    private static void check(int answer, Path directory) throws IOException {
        if (answer < 0) {
            throw Errors.of(answer, "openDirectory", directory);
        }
    }
}
