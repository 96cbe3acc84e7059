// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for futures from a test's thread. */
public final class Futures {
    private static final long SECONDS = 30;

    private Futures() {}

    /** The value, or the failure itself, unwrapped. */
    public static <T> T get(Future<T> future) {
        Throwable failure = await(future).cause();
        if (failure == null) {
            return future.getNow();
        }
        return Futures.<RuntimeException, T>raise(failure);
    }

    /** Why a future failed. */
    public static Throwable failure(Future<?> future) {
        Throwable failure = await(future).cause();
        if (failure == null) {
            throw new AssertionError("succeeded with " + future.getNow());
        }
        return failure;
    }

    private static <T> Future<T> await(Future<T> future) {
        try {
            if (!future.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not completed after " + SECONDS + " s: " + future);
            }
            return future;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable, T> T raise(Throwable failure) throws X {
        throw (X) failure;
    }
}
