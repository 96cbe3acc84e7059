// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Undoes what was done, the last first, all of it whatever fails. */
public final class Teardown implements AutoCloseable {
    /** One thing to undo. */
    public interface Step {
        void run() throws IOException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    public void add(Step step) {
        steps.push(step);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
