// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What one contender did in one round.
 *
 * @param iops transfers a second
 * @param cpuMicros CPU time of the process for each
 * @param p50 median latency in µs, from before it was started until it was told of
 * @param p99 of 99 % of them at most
 * @param p999 of 99.9 % of them at most
 * @param allocated bytes that all threads allocated, for each
 * @param checked transfers whose bytes were looked at, and right
 */
record Measurement(
        double iops,
        double cpuMicros,
        double p50,
        double p99,
        double p999,
        double allocated,
        double checked) {
    /** As one process tells another. */
    String line() {
        return DoubleStream.of(iops, cpuMicros, p50, p99, p999, allocated, checked)
                .mapToObj(Double::toString)
                .collect(Collectors.joining("\t"));
    }

    /** Reads what {@link #line} wrote. */
    static Measurement of(String line) {
        double[] v = Arrays.stream(line.split("\t")).mapToDouble(Double::parseDouble).toArray();
        return new Measurement(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }
}
