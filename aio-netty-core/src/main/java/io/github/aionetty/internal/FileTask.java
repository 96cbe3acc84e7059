// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.Promise;
import java.io.IOException;

/** A metadata call on an open file. */
final class FileTask<T> extends MetadataTask<T> {
    /** The blocking call. */
    interface Call<T> {
        T on(OpenFile file) throws IOException;
    }

    private final Call<T> call;

    FileTask(DefaultAioFile file, Promise<T> promise, Call<T> call) {
        super(file.context, file, promise);
        this.call = call;
    }

    @Override
    T perform() throws IOException {
        return call.on(file.open);
    }

    @Override
    Long device() {
        return file.open.device;
    }
}
