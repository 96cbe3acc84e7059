// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.util.concurrent.CompletableFuture;

/** A Netty future as the JDK's; whichever ends first tells the other. */
public final class FutureStage<T> extends CompletableFuture<T> implements FutureListener<T> {
    private FutureStage() {}

    /** Completes with {@code source}, and cancels it where it completes otherwise. */
    public static <T> CompletableFuture<T> of(Future<T> source) {
        FutureStage<T> stage = new FutureStage<>();
        stage.whenComplete((result, failure) -> source.cancel(false));
        if (source.isDone()) {
            // A loop that has ended would not tell.
            stage.operationComplete(source);
        } else {
            source.addListener(stage);
        }
        return stage;
    }

    @Override
    public void operationComplete(Future<T> done) {
        if (!done.isSuccess()) {
            completeExceptionally(done.cause());
        } else if (!complete(done.getNow())) {
            Unwanted.discard(done.getNow());
        }
    }
}
