// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Does runs one after the other, in a directory and on loops of its own. On one thread. */
final class Worker implements AutoCloseable {
    private static final long SECONDS = 20;
    private static final int LOOPS = 2;

    /** Those of whose direct reads less than a page may be missing. */
    private static final Set<String> FINE = Set.of("ext4", "xfs");

    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    /** What a run has come to. */
    record Result(int fired, Map<String, Integer> counts, List<String> complaints) {
        boolean reached(Fault fault) {
            return counts.getOrDefault(fault.call(), 0) >= fault.nth();
        }
    }

    private final Path directory;
    private final int readBlock;
    private TestLoops loops;
    private EventLoop[] each;

    Worker(Path parent) {
        try {
            directory = Files.createTempDirectory(parent, "sweep");
            readBlock = FINE.contains(Files.getFileStore(parent).type()) ? SECTOR : PAGE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        renew();
    }

    private void renew() {
        loops = TestLoops.epoll(LOOPS);
        each = new EventLoop[] {loops.next(), loops.next()};
    }

    /** Without a fault where it is {@code null}. */
    Result run(Scenario scenario, Fault fault) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Life life = new Life(scenario, fault, directory, readBlock, each, deadline);
        List<String> complaints = new ArrayList<>();
        try {
            life.run();
            if (scenario.endsLoops()) {
                loops.close();
                renew();
            }
            empty();
        } catch (Life.Hang e) {
            complaints.add("HANGS: " + e.getMessage() + '\n' + dump());
            // Whatever hangs may hold them.
            renew();
        } catch (Throwable t) {
            complaints.add("throws " + t + '\n' + trace(t.getStackTrace()));
            loops.close();
            renew();
        }
        complaints.addAll(life.complaints());
        if (!complaints.isEmpty()) {
            complaints.add("hit: " + life.kernel.evidence());
        }
        return new Result(life.kernel.evidence().count(), life.kernel.counts(), complaints);
    }

    private void empty() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }

    private static String dump() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getValue().length > 0)
                .map(e -> e.getKey().getName() + '\n' + trace(e.getValue()))
                .collect(Collectors.joining());
    }

    private static String trace(StackTraceElement[] trace) {
        return java.util.Arrays.stream(trace)
                .limit(12)
                .map(element -> "      at " + element + '\n')
                .collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException {
        loops.close();
        empty();
        Files.delete(directory);
    }
}
