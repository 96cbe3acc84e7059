// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Predicate;

/** Opens files by what there is to open them with. On helpers. */
final class Opener {
    private Opener() {}

    /**
     * As the request says.
     *
     * @param sys {@code null} where there is no native library
     */
    static OpenFile open(Syscalls sys, OpenRequest request) throws IOException {
        return sys == null ? ChannelOpener.open(request) : NativeOpener.open(sys, request);
    }

    /**
     * Past the page cache, or through it where the file system refuses that, or nobody wants it.
     *
     * @param direct a request with {@code DIRECT}
     * @param wanted the file systems on which it is to be direct
     */
    static OpenFile directIfPossible(
            Syscalls sys, OpenRequest direct, Predicate<FileSystemKind> wanted) throws IOException {
        OpenFile file = direct(sys, direct);
        if (file != null && wanted.test(file.kind)) {
            return file;
        }
        if (file != null) {
            Closing.logged(file);
        }
        if (direct.createNew()) {
            // Refused or not, the kernel has made it: it makes a file before it looks at the flags.
            Files.deleteIfExists(direct.path);
        }
        return open(sys, direct.buffered());
    }

    /** {@code null} where the file system refuses it. */
    private static OpenFile direct(Syscalls sys, OpenRequest request) throws IOException {
        try {
            return open(sys, request);
        } catch (AioException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
            return null;
        }
    }
}
