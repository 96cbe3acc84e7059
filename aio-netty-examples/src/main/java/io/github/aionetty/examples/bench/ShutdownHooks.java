// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

/** Takes back what was to be done at the end of the JVM. */
public final class ShutdownHooks {
    private ShutdownHooks() {}

    /**
     * Removes a hook, unless the JVM is ending: then it runs.
     *
     * @param hook one that was added
     */
    public static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running.
        }
    }
}
