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
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaks: descriptors, kernel AIO contexts, helper threads or slab memory
 * that are still there some time after its last test. Registered for every class by {@code
 * META-INF/services}. Helpers that have nothing to do are waited for once, after the last class.
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
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(End.class);
        context.getStore(NAMESPACE).put(Resources.class, Resources.now());
    }

    /** Made before the first class, and closed behind the last one. */
    static final class End implements AutoCloseable {
        private final Resources before = Resources.all();

        @Override
        public void close() {
            awaitNoMoreThan(before, Resources::all, "the tests");
        }
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
        awaitNoMoreThan(before, Resources::now, context.getDisplayName());
    }

    private static void awaitNoMoreThan(Resources before, Supplier<Resources> now, String taker) {
        Awaitility.await("what " + taker + " took is given back")
                .atMost(PATIENCE)
                .untilAsserted(() -> now.get().checkNoMoreThan(before));
    }
}
