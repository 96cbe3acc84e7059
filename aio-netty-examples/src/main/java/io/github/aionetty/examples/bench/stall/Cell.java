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
 */
record Cell(String name, Fixture fixture, Step prepare, Step run) {

    /** Something on the loop that goes on after this has returned. */
    interface Step {
        CompletionStage<?> take(Trial trial);
    }

    String fileName() {
        return name.replace(' ', '-').replaceAll("[^A-Za-z0-9-]", "");
    }
}
