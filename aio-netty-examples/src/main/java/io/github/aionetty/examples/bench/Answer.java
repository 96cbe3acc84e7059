// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * What a JVM that measures tells the one that has started it, in a line.
 *
 * @param figures what was measured; {@code null} if nothing was
 * @param failure why there is nothing; {@code null} if there is
 */
public record Answer(String figures, String failure) {
    private static final String MEASURED = "measured\t";
    private static final String FAILED = "failed\t";

    /**
     * Gives it, and ends this JVM with whatever a failure has left running.
     *
     * @param measurement what is to be measured; its result is a line
     */
    public static void give(Callable<String> measurement) {
        try {
            System.out.println(MEASURED + measurement.call());
        } catch (Exception | LinkageError e) {
            System.out.println(FAILED + Reasons.of(e));
        }
        System.exit(0);
    }

    /**
     * Finds it.
     *
     * @param output of the other JVM, which may have other lines
     */
    public static Answer in(List<String> output) {
        String failure = "it printed nothing";
        for (String line : output) {
            if (line.startsWith(MEASURED)) {
                return new Answer(line.substring(MEASURED.length()), null);
            }
            if (line.startsWith(FAILED)) {
                failure = line.substring(FAILED.length());
            }
        }
        return new Answer(null, failure);
    }
}
