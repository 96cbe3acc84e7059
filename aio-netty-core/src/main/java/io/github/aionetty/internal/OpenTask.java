// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.util.concurrent.Promise;
import java.io.IOException;

/** Opens a file. Its value is in {@code opened} until the loop makes a handle of it. */
final class OpenTask extends MetadataTask<AioFile> {
    private final OpenRequest request;
    private final boolean orBuffered;
    private OpenFile opened;

    private OpenTask(
            DefaultAioContext context,
            OpenRequest request,
            boolean orBuffered,
            Promise<AioFile> promise) {
        super(context, null, promise);
        this.request = request;
        this.orBuffered = orBuffered;
    }

    static Promise<AioFile> start(
            DefaultAioContext context, OpenRequest request, Promise<AioFile> promise) {
        return new OpenTask(context, request, false, Arguments.notNull(promise, "promise")).start();
    }

    /** Through the page cache where the file system refuses what is asked for, {@code DIRECT}. */
    static Promise<AioFile> startDirectIfPossible(
            DefaultAioContext context, OpenRequest request, Promise<AioFile> promise) {
        return new OpenTask(context, request, true, promise).start();
    }

    @Override
    Long device() {
        return request.directory == null
                ? MountTable.deviceOf(request.path)
                : request.directory.device;
    }

    @Override
    AioFile perform() throws IOException {
        opened =
                orBuffered
                        ? Opener.directIfPossible(context.sys, request, kind -> true)
                        : Opener.open(context.sys, request);
        return null;
    }

    @Override
    AioFile accept(AioFile none) throws IOException {
        if (!context.isOpen()) {
            throw context.closedFailure();
        }
        DefaultAioFile file = new DefaultAioFile(context, opened, null);
        context.files.add(file);
        return file;
    }

    @Override
    void discard(AioFile file) {
        if (file != null) {
            file.close();
        } else {
            Closing.later(opened);
        }
    }
}
