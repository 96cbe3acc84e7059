// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Iocb;
import io.netty.util.Recycler;
import java.io.IOException;

/** fsync or fdatasync; the kernel runs both on a workqueue of its own. */
final class SyncOperation extends Operation {
    private static final Recycler<SyncOperation> RECYCLER =
            new Recycler<>() {
                @Override
                protected SyncOperation newObject(Handle<SyncOperation> handle) {
                    return new SyncOperation(handle);
                }
            };

    private final Recycler.Handle<SyncOperation> handle;
    private boolean dataOnly;

    private SyncOperation(Recycler.Handle<SyncOperation> handle) {
        this.handle = handle;
    }

    static SyncOperation get(boolean dataOnly) {
        SyncOperation operation = RECYCLER.get();
        operation.dataOnly = dataOnly;
        return operation;
    }

    @Override
    boolean isSync() {
        return true;
    }

    @Override
    boolean prepare() {
        transfer(dataOnly ? Iocb.FDSYNC : Iocb.FSYNC, null, 0, 0, 0);
        return true;
    }

    @Override
    boolean advance(int transferred) throws IOException {
        open.confirmSync(name());
        return true;
    }

    @Override
    Object value() {
        return null;
    }

    @Override
    void releaseBuffers() {
        // It has none.
    }

    @Override
    void recycle() {
        handle.recycle(this);
    }

    @Override
    String name() {
        return dataOnly ? "fdatasync" : "fsync";
    }
}
