// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.Aio;
import io.github.aionetty.AioBuffers;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(Baseline.class);

    /** What is counted; every part names its members, so that a leak can be told. */
    private record State(
            Map<String, String> descriptors, long contexts, List<String> threads, long slabs) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(POLL);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        warmUp();
        context.getStore(NAMESPACE).put(State.class, now());
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
        State before = context.getStore(NAMESPACE).get(State.class, State.class);
        Awaitility.await("what " + context.getDisplayName() + " took is given back")
                .atMost(PATIENCE)
                .untilAsserted(() -> check(before, now()));
    }

    private static void check(State before, State now) {
        Map<String, String> opened = new TreeMap<>(now.descriptors);
        opened.entrySet().removeAll(before.descriptors.entrySet());
        assertThat(opened).as("descriptors left open").isEmpty();
        assertThat(now.contexts).as("kernel AIO contexts").isLessThanOrEqualTo(before.contexts);
        List<String> started = new ArrayList<>(now.threads);
        before.threads.forEach(started::remove);
        assertThat(started).as("threads left running").isEmpty();
        assertThat(now.slabs).as("slab memory").isLessThanOrEqualTo(before.slabs);
    }

    private static State now() {
        List<String> threads =
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("aio-netty"))
                        .sorted()
                        .collect(Collectors.toCollection(ArrayList::new));
        return new State(descriptors(), contexts(), threads, AioBuffers.slabMemory());
    }

    /** Open files by number. */
    private static Map<String, String> descriptors() {
        Map<String, String> open = new TreeMap<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return open;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (!isOfTheJvm(target)) {
                        open.put(descriptor.getFileName().toString(), target);
                    }
                } catch (IOException e) {
                    // Closed meanwhile, as the one that lists this directory.
                    open.remove(descriptor.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    /** Classes are loaded, and random numbers fetched, whenever the JVM likes. */
    private static boolean isOfTheJvm(String target) {
        return target.endsWith(".jar")
                || target.endsWith(".class")
                || target.endsWith("/lib/modules")
                || target.endsWith("random")
                || target.matches("/proc/[0-9]+/fd");
    }

    /**
     * Contexts of this process: each has its ring mapped. Unlike {@code fs.aio-nr} this is not
     * moved by what other processes do.
     */
    private static long contexts() {
        if (!Files.exists(MAPS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains("/[aio]")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
