// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same for several file systems at once: each spends most of its time waiting. */
public final class Together {
    private Together() {}

    public interface Task<T> {
        void run(T subject) throws Exception;
    }

    /** Waits for all of them; throws what the first one has thrown, the others' beside it. */
    public static <T> void run(List<T> subjects, Task<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(subjects.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (T subject : subjects) {
                running.add(
                        threads.submit(
                                () -> {
                                    task.run(subject);
                                    return null;
                                }));
            }
            AssertionError failure = null;
            for (Future<?> each : running) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    if (failure == null) {
                        failure = new AssertionError(e.getCause().getMessage(), e.getCause());
                    } else {
                        failure.addSuppressed(e.getCause());
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
