// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioDirectory;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a directory, which is closed again where nobody takes it. */
final class OpenDirectoryTask extends NameTask<AioDirectory> {
    /** The blocking call. */
    interface Opener {
        HeldDirectory open() throws IOException;
    }

    /** What the kernel can do, found out on a helper. */
    interface Capability {
        Beneath get(Path directory) throws IOException;
    }

    OpenDirectoryTask(EventLoop loop, Promise<AioDirectory> promise, Opener opener, Runnable over) {
        super(loop, promise, () -> new DefaultAioDirectory(loop, opener.open()), over);
    }

    @Override
    void discard(AioDirectory unused) {
        unused.close();
    }

    @Override
    boolean endsWithLoop() {
        return true;
    }
}
