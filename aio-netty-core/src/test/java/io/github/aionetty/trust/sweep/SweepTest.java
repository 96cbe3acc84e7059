// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.internal.SweepAccess;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.Resources;
import io.github.aionetty.trust.Overlapping;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fails every system call in turn, as SQLite's tests do: the n-th one of a life with files, for
 * every n until nothing is left to fail, with every errno and with short results, once and from
 * there on.
 *
 * <p>{@code aionetty.trust.full} does it on every file system, and has every errno last; {@code
 * aionetty.trust.subjects}, a regular expression, leaves scenarios out; {@code aionetty.trust.only}
 * repeats one run, by the name that it failed with.
 */
@Overlapping
@Timeout(value = 1, unit = TimeUnit.DAYS)
class SweepTest {
    private static final int PARALLEL = Integer.getInteger("aionetty.trust.parallel", 24);
    private static final String ONLY = System.getProperty("aionetty.trust.only", "");
    private static final String WANTED = System.getProperty("aionetty.trust.subjects", ".*");
    private static final boolean FULL = Boolean.getBoolean("aionetty.trust.full");

    /** What the library never calls: an operation on a file cannot be cancelled. */
    private static final Set<String> NEVER_CALLED = Set.of("ioCancel");

    /** Helpers end when they have idled enough; what a run started ends with it. */
    private static final String HELPERS = "aio-netty-(meta|data|copy)-.*";

    @Test
    void whateverFailsIsToldOnceAndNothingIsLost() throws Exception {
        Set<String> called = new TreeSet<>();
        List<Logs> quiet = new ArrayList<>();
        for (String type :
                List.of(
                        "Closing",
                        "ContextRegistry",
                        "KernelContext",
                        "KernelEngine",
                        "StallLog")) {
            quiet.add(Logs.ofInternal(type));
        }
        try {
            for (String fileSystem : fileSystems()) {
                sweep(fileSystem, called);
            }
        } finally {
            quiet.forEach(Logs::close);
        }
        if (ONLY.isEmpty() && WANTED.equals(".*")) {
            Set<String> expected = new TreeSet<>(NEVER_CALLED);
            for (Method method : Syscalls.class.getMethods()) {
                expected.add(method.getName());
            }
            expected.removeAll(NEVER_CALLED);
            expected.add(Fault.EVENT);
            assertThat(called).as("calls that were made to fail").isEqualTo(expected);
        }
    }

    private static List<String> fileSystems() {
        List<String> names = FileSystemsUnderTest.names();
        return FULL ? names : names.subList(0, 1);
    }

    private static void sweep(String fileSystem, Set<String> called) throws Exception {
        Path directory = FileSystemsUnderTest.directory(fileSystem);
        FileSystemsUnderTest.requireDirect(directory);
        Resources before = Resources.now();
        String shared = SweepAccess.shared();
        long began = System.nanoTime();
        Sweep sweep = new Sweep(directory, PARALLEL, FULL);
        for (Scenario scenario : scenarios(Files.getFileStore(directory).type())) {
            sweep.run(scenario);
            Awaitility.await("after " + scenario)
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> Resources.now().checkNoMoreThan(before, HELPERS));
            assertThat(SweepAccess.shared()).as("after %s", scenario).isEqualTo(shared);
        }
        if (!ONLY.isEmpty()) {
            sweep.only(Fault.parse(ONLY));
        }
        System.out.printf(
                "sweep: fs=%s jdk=%s %s seconds=%d %s%n",
                fileSystem,
                Runtime.version().feature(),
                FULL ? "full" : "short",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                sweep.summary());
        assertThat(sweep.failed()).isEmpty();
        called.addAll(sweep.called());
    }

    private static List<Scenario> scenarios(String type) {
        return Arrays.stream(Scenario.values())
                .filter(scenario -> ONLY.isEmpty() && scenario.name().matches(WANTED))
                .filter(scenario -> scenario.runsOn(type))
                .toList();
    }
}
