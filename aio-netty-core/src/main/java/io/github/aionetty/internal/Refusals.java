// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * Learns whether asking with {@code RWF_NOWAIT} is worth it for one handle: after some refusals in
 * a row only one in sixteen still asks, until one is granted. Confined to the loop.
 */
final class Refusals {
    private static final int PATIENCE = 8;
    private static final int PAUSE = 16;

    private int inARow;
    private int skipped;

    boolean mayAsk() {
        if (inARow < PATIENCE) {
            return true;
        }
        if (++skipped < PAUSE) {
            return false;
        }
        skipped = 0;
        return true;
    }

    void refused() {
        inARow++;
    }

    void granted() {
        inARow = 0;
        skipped = 0;
    }
}
