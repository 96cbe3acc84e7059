// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.util.concurrent.CompletionStage;

/**
 * One thing whose effect on the loop is measured.
 *
 * @param name what it does; unique
 * @param fixture what it finds on the disk
 * @param prepare what is not measured, on a fast disk
 * @param run what is measured
 * @param slowMillis for how long it has the slow disk, at most. Then the disk is fast, so that what
 *     is in flight ends; the measurement goes on until it has.
 */
record Cell(String name, Fixture fixture, Step prepare, Step run, int slowMillis) {
    /** What blocks does so in the first moments, and 512 accesses would take half a minute. */
    private static final int SLOW_MILLIS = 200;

    Cell(String name, Fixture fixture, Step prepare, Step run) {
        this(name, fixture, prepare, run, SLOW_MILLIS);
    }

    /** Something on the loop that goes on after this has returned. */
    interface Step {
        CompletionStage<?> take(Trial trial);
    }

    String fileName() {
        return name.replace(' ', '-').replaceAll("[^A-Za-z0-9-]", "");
    }
}
