// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.internal.SweepAccess;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fails every system call in turn, as SQLite's tests do: the n-th one of a life with files, for
 * every n until nothing is left to fail, with every errno and with short results, once and for
 * good.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class SweepTest {
    private static final int PARALLEL = Integer.getInteger("aionetty.trust.parallel", 16);
    private static final String ONLY = System.getProperty("aionetty.trust.only", "");

    @Test
    void whateverFailsIsToldOnceAndNothingIsLost() throws Exception {
        Path directory = FileSystemsUnderTest.anyDirectory();
        FileSystemsUnderTest.requireDirect(directory);
        String before = SweepAccess.shared();
        long began = System.nanoTime();
        try (Sweep sweep = new Sweep(directory, ONLY.isEmpty() ? PARALLEL : 1)) {
            if (ONLY.isEmpty()) {
                for (Scenario scenario : scenarios()) {
                    long start = System.nanoTime();
                    sweep.run(scenario);
                    System.out.println(
                            "sweep "
                                    + scenario
                                    + ": "
                                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
                                    + " ms, "
                                    + sweep.summary());
                    assertThat(SweepAccess.shared()).isEqualTo(before);
                }
            } else {
                Fault fault = Fault.parse(ONLY);
                sweep.once(Scenario.valueOf(fault.scenario()), fault);
            }
            System.out.printf(
                    "sweep: jdk=%s seconds=%d %s%n",
                    Runtime.version().feature(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                    sweep.summary());
            assertThat(sweep.failed()).isEmpty();
        }
    }

    private static List<Scenario> scenarios() {
        String wanted = System.getProperty("aionetty.trust.subjects", "");
        return Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.name().matches(wanted.isEmpty() ? ".*" : wanted))
                .toList();
    }
}
