// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.util.concurrent.Promise;

/** A file that somebody else has opened, and will close. */
public final class OpenedTarget implements StreamTarget {
    private final AioFile file;
    private final boolean durable;

    /** Written as it is: neither cut nor removed. */
    public OpenedTarget(AioFile file, boolean durable) {
        this.file = file;
        this.durable = durable;
    }

    @Override
    public void open(Promise<AioFile> promise) {
        promise.trySuccess(file);
    }

    @Override
    public void publish(long length, Promise<Void> promise) {
        if (durable) {
            file.fdatasync(promise);
        } else {
            promise.trySuccess(null);
        }
    }

    @Override
    public void discard(Promise<Void> promise) {
        promise.trySuccess(null);
    }
}
