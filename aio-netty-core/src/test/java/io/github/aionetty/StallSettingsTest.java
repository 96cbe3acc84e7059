// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.child.StallMain;
import io.github.aionetty.support.ChildJvm;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is set, and said, once in a JVM. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StallSettingsTest {
    /** High enough for a fast call on a machine that is busy; {@link StallMain} knows it. */
    private static final String THRESHOLD = "-Dio.github.aionetty.stallThresholdMicros=";

    @TempDir private Path directory;

    private String run(ChildJvm child) throws Exception {
        Path path = directory.resolve("slow");
        ChildJvm.Result result = child.run(StallMain.class, path.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private void checkOneLine(String output) {
        assertThat(output)
                .contains("fast=0\n", "slow=3\n", "lines=1\n")
                .contains("operation=read, path=" + directory.resolve("slow") + ", fileSystem=")
                .contains("position=100, length=200, batch=1, loop=test-epoll")
                .contains("verdict=blocked; ")
                .contains("threshold: io.github.aionetty.stallThresholdMicros=300000");
    }

    @Test
    void threeStallsAreOneLineAndFastCallsNone() throws Exception {
        String output = run(new ChildJvm().option(THRESHOLD + 300_000));
        checkOneLine(output);
        assertThat(output).contains("jfr=true");
    }

    @Test
    void aJvmWithoutTheFlightRecorderCountsAndLogsAllTheSame() throws Exception {
        String output =
                run(
                        new ChildJvm()
                                .option(THRESHOLD + 300_000)
                                .option("--limit-modules")
                                .option("java.logging,java.management,java.xml,jdk.unsupported"));
        checkOneLine(output);
        assertThat(output).contains("jfr=false");
    }

    @Test
    void zeroSwitchesItOff() throws Exception {
        String output = run(new ChildJvm().option(THRESHOLD + 0));
        assertThat(output).contains("fast=0\n", "slow=0\n", "lines=0\n");
    }
}
