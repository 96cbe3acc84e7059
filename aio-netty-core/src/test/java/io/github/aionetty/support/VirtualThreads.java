// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Virtual threads where the JVM has them (21 and newer), which this is not compiled for. */
public final class VirtualThreads {
    private static final long SECONDS = 60;

    private VirtualThreads() {}

    /** What a thread does. */
    public interface Task {
        void run() throws Exception;
    }

    public static boolean areThere() {
        return Runtime.version().feature() >= 21;
    }

    /** Makes virtual threads, or on an older JVM others. */
    public static ThreadFactory factory() {
        if (!areThere()) {
            return Thread::new;
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory)
                    Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts one, and tells how it ends. */
    public static CompletableFuture<Void> start(Task task) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        factory()
                .newThread(
                        () -> {
                            try {
                                task.run();
                                end.complete(null);
                            } catch (Throwable t) {
                                end.completeExceptionally(t);
                            }
                        })
                .start();
        return end;
    }

    /** Runs so many at once, and waits for them. */
    public static void runAll(int threads, Task task) throws Exception {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ends.add(start(task));
        }
        for (CompletableFuture<Void> end : ends) {
            end.get(SECONDS, TimeUnit.SECONDS);
        }
    }
}
