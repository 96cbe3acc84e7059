// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.Arrays;

/**
 * What came of several rounds.
 *
 * @param median of them
 * @param least of them
 * @param most of them
 */
public record Spread(double median, double least, double most) {

    /**
     * Of at least one value.
     *
     * @param values in any order
     */
    public static Spread of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
