// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Does something every few milliseconds while something else lasts; a few at once, so that there is
 * always a next one to begin, and no queue in which it would only wait. Confined to the loop.
 */
final class Repeater {
    private static final int AT_ONCE = 3;
    private static final int PERIOD_MILLIS = 3;

    private final IntFunction<CompletionStage<?>> action;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private ScheduledFuture<?> timer;
    private boolean last;
    private int count;
    private int running;

    private Repeater(IntFunction<CompletionStage<?>> action) {
        this.action = action;
    }

    /**
     * Begins at once; on the loop.
     *
     * @param action is told how many there were before it
     * @return completes when both have, and fails with either
     */
    static CompletableFuture<?> repeat(
            EventLoop loop, CompletionStage<?> meanwhile, IntFunction<CompletionStage<?>> action) {
        Repeater repeater = new Repeater(action);
        repeater.timer =
                loop.scheduleAtFixedRate(
                        repeater::next, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        repeater.next();
        meanwhile.whenCompleteAsync((any, failure) -> repeater.stop(failure), loop);
        return repeater.done;
    }

    private void next() {
        if (running < AT_ONCE) {
            running++;
            action.apply(count++).whenComplete((any, failure) -> ended(failure));
        }
    }

    private void ended(Throwable failure) {
        running--;
        check(failure);
    }

    private void stop(Throwable failure) {
        timer.cancel(false);
        last = true;
        check(failure);
    }

    private void check(Throwable failure) {
        if (failure != null) {
            timer.cancel(false);
            done.completeExceptionally(failure);
        } else if (last && running == 0) {
            done.complete(null);
        }
    }
}
