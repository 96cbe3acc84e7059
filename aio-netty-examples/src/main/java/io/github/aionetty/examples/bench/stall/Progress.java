// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.PrintStream;

/** A line that says how far a run is, on a terminal or in a log. Any thread. */
final class Progress implements Runnable, AutoCloseable {
    private final PrintStream out;
    private final int steps;
    private int done;
    private int shown;

    /**
     * Begins at 0 %.
     *
     * @param out where to, or {@code null} for nowhere
     * @param steps how many there will be
     */
    Progress(PrintStream out, int steps) {
        this.out = out;
        this.steps = steps;
    }

    @Override
    public synchronized void run() {
        int percent = ++done * 100 / steps;
        if (out != null && percent >= shown + 5) {
            shown = percent;
            out.print("\rmeasuring: " + percent + " %");
        }
    }

    @Override
    public synchronized void close() {
        if (out != null) {
            out.println();
        }
    }
}
