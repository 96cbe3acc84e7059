// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.internal.HelperLane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a test could leak: descriptors, kernel AIO contexts, helper threads and slab memory, as the
 * kernel and the JVM have them. Every part names its members, so that a leak can be told.
 */
public record Resources(
        Map<String, String> descriptors, long contexts, List<String> threads, long slabs) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final String HELPER = HelperLane.class.getName();

    /** Fails for whatever there is now, and was not before. */
    public void checkNoMoreThan(Resources before) {
        checkNoMoreThan(before, "");
    }

    /** The same, but for threads whose names match: they end when they have idled enough. */
    public void checkNoMoreThan(Resources before, String lasting) {
        Map<String, String> opened = new TreeMap<>(descriptors);
        opened.entrySet().removeAll(before.descriptors.entrySet());
        assertThat(opened).as("descriptors left open").isEmpty();
        assertThat(contexts).as("kernel AIO contexts").isLessThanOrEqualTo(before.contexts);
        List<String> started = new ArrayList<>(threads);
        before.threads.forEach(started::remove);
        started.removeIf(name -> !lasting.isEmpty() && name.matches(lasting));
        assertThat(started).as("threads left running").isEmpty();
        assertThat(slabs).as("slab memory").isLessThanOrEqualTo(before.slabs);
    }

    /** What there is now, and threads that only wait for their end. */
    public static Resources all() {
        return with(thread -> true);
    }

    /** What there is now. A helper without work ends by itself, two seconds later: it is none. */
    public static Resources now() {
        return with(thread -> !isIdle(thread.getValue()));
    }

    private static Resources with(Predicate<Map.Entry<Thread, StackTraceElement[]>> wanted) {
        List<String> threads =
                Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> thread.getKey().getName().startsWith("aio-netty"))
                        .filter(wanted)
                        .map(thread -> thread.getKey().getName())
                        .sorted()
                        .collect(Collectors.toCollection(ArrayList::new));
        return new Resources(openFiles(), mappedContexts(), threads, AioBuffers.slabMemory());
    }

    /** In Object.wait, called by the helper's loop, and in no task. */
    private static boolean isIdle(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!frame.getClassName().equals("java.lang.Object")) {
                return frame.getClassName().equals(HELPER) && frame.getMethodName().equals("next");
            }
        }
        return false;
    }

    /** Open files by number. */
    private static Map<String, String> openFiles() {
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
    private static long mappedContexts() {
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
