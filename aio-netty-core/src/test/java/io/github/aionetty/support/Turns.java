// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.channel.SingleThreadEventLoop;
import java.util.function.BooleanSupplier;

/** Tells a test where one turn of a loop ends and the next begins. */
public final class Turns {
    private final SingleThreadEventLoop loop;
    private final Runnable begin;
    private final BooleanSupplier goesOn;

    private Turns(SingleThreadEventLoop loop, Runnable begin, BooleanSupplier goesOn) {
        this.loop = loop;
        this.begin = begin;
        this.goesOn = goesOn;
    }

    /**
     * On the loop: runs a task now and in each turn that follows, as long as it is to go on. All of
     * it runs on the loop.
     */
    public static void each(SingleThreadEventLoop loop, Runnable begin, BooleanSupplier goesOn) {
        new Turns(loop, begin, goesOn).turn();
    }

    private void turn() {
        begin.run();
        if (goesOn.getAsBoolean()) {
            // By way of the tail: a task that puts itself back at once holds its turn.
            loop.executeAfterEventLoopIteration(() -> loop.execute(this::turn));
        }
    }
}
