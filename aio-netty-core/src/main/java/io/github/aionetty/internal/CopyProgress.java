// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.ProgressivePromise;
import io.netty.util.concurrent.Promise;

/** Tells a promise how far a copy is, where it can be told. On the loop. */
final class CopyProgress {
    /** Small extents are not told one by one. */
    private static final long STEP = 1 << 20;

    private final ProgressivePromise<?> promise;
    private long total;
    private long done;
    private long told;

    CopyProgress(Promise<?> promise) {
        this.promise = promise instanceof ProgressivePromise<?> progressive ? progressive : null;
    }

    /** How long the source is found to be. What was told of a longer one stays. */
    void total(long size) {
        total = Math.max(total, size);
    }

    /** So many more bytes are in the copy, be they data or a hole. */
    void add(long bytes) {
        done += bytes;
        if (done - told >= STEP) {
            tell(Math.min(done, total));
        }
    }

    /** All is done. */
    void end() {
        if (told < total) {
            tell(total);
        }
    }

    private void tell(long now) {
        if (now > told) {
            told = now;
            if (promise != null) {
                promise.tryProgress(now, total);
            }
        }
    }
}
