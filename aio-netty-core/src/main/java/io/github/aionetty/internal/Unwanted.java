// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;

/** Results that nobody will take: a buffer is released, and a file that was opened is closed. */
public final class Unwanted {
    private Unwanted() {}

    /**
     * Gives a result up: cancels the operation if it is still queued, else sees to what it gives.
     */
    public static <T> void giveUp(Future<T> future) {
        future.cancel(false);
        FutureListener<T> discarder =
                done -> {
                    if (done.isSuccess()) {
                        discard(done.getNow());
                    }
                };
        future.addListener(discarder);
    }

    static void discard(Object result) {
        if (result instanceof AioFile file) {
            file.close();
        } else {
            ReferenceCountUtil.release(result);
        }
    }
}
