// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.Aio;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaks: descriptors, kernel AIO contexts, helper threads or slab memory
 * that are still there some time after its last test. Registered for every class by {@code
 * META-INF/services}.
 */
public final class Baseline implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(Baseline.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(POLL);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        warmUp();
        context.getStore(NAMESPACE).put(Resources.class, Resources.now());
    }

    /** What the first use in a JVM opens for good belongs to no class. */
    private static void warmUp() {
        Epoll.isAvailable();
        Aio.isAvailable();
        try {
            // Closing its first channel, the JDK makes a socket pair that it keeps.
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Resources before = context.getStore(NAMESPACE).get(Resources.class, Resources.class);
        Awaitility.await("what " + context.getDisplayName() + " took is given back")
                .atMost(PATIENCE)
                .untilAsserted(() -> Resources.now().checkNoMoreThan(before));
    }
}
