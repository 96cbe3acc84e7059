// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.examples.bench.Spread;
import java.util.Locale;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param head what stands over it
 * @param figure the name of what was measured
 */
record Column(String head, String figure, Function<Spread, String> text) {

    /** The median alone. */
    static Column median(String head, String figure, String format, double scale) {
        return new Column(head, figure, each -> number(format, each.median() * scale));
    }

    /** The most of all rounds. */
    static Column most(String head, String figure, String format, double scale) {
        return new Column(head, figure, each -> number(format, each.most() * scale));
    }

    /** The median, and behind it the least and the most. */
    static Column spread(String head, String figure, String format, double scale) {
        return new Column(
                head,
                figure,
                each ->
                        String.format(
                                Locale.ROOT,
                                format + " (" + format + " to " + format + ")",
                                each.median() * scale,
                                each.least() * scale,
                                each.most() * scale));
    }

    private static String number(String format, double value) {
        // No minus before a zero.
        return String.format(Locale.ROOT, format, value).replaceFirst("^-(?=[0.]+$)", "");
    }
}
