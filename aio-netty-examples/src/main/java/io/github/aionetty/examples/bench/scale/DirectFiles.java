// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.netty.util.concurrent.Future;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** Opens files for direct transfers. */
final class DirectFiles {
    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, AioOpenOption.DIRECT);

    private static final Set<OpenOption> WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT);

    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private DirectFiles() {}

    /** Any thread. */
    static Future<AioFile> open(AioContext context, Path path, boolean writes) {
        return context.open(
                path, writes ? WRITE : READ, NO_ATTRIBUTES, context.eventLoop().newPromise());
    }
}
