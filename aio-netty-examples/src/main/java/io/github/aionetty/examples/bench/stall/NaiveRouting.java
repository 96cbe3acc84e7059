// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.github.aionetty.examples.bench.OwnJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same benchmark in a JVM of its own, where the library submits every transfer from the loop
 * and does everything else there too.
 */
public final class NaiveRouting {
    /** What switches the routing off, for the whole life of a JVM. */
    private static final String OFF = "-Dio.github.aionetty.routing=off";

    /** What is expected need not be reported. */
    private static final String UNREPORTED = "-Dio.github.aionetty.stallThresholdMicros=0";

    private static final String MAIN = "io.github.aionetty.examples.Main";

    private NaiveRouting() {}

    /**
     * Measures; what the JVM has to complain of goes to standard error.
     *
     * @param root the directory that {@code scripts/slowfs} made
     * @param fileSystems which of those in it
     * @param cells part of the names of the cells to measure
     * @param rounds how often
     * @param iops of the slow disk
     * @return a value for every cell, file system and round
     * @throws IOException if it fails
     */
    public static Results run(
            Path root, List<String> fileSystems, String cells, int rounds, int iops)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("bench", "stall", "--raw", "--dir", root.toString()));
        arguments.addAll(List.of("--fs", String.join(",", fileSystems)));
        arguments.addAll(List.of("--cells", cells));
        arguments.addAll(List.of("--rounds", "" + rounds, "--iops", "" + iops));
        return RawResults.read(OwnJvm.run(List.of(OFF, UNREPORTED), MAIN, arguments));
    }
}
