// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.github.aionetty.examples.bench.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as lines to read: a cell each, and minimum, median and maximum for each file system. */
final class Table {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Columns columns = new Columns();

    /**
     * Makes a table.
     *
     * @param naive the same with routing switched off, or {@code null}
     */
    Table(List<String> fileSystems, Results results, Results naive) {
        List<String> head = new ArrayList<>(List.of("longest stall, ms"));
        for (String name : fileSystems) {
            head.add(name);
            if (naive != null) {
                head.add(name + ", routing off");
            }
        }
        columns.add(head);
        for (String cell : results.cells()) {
            List<String> row = new ArrayList<>(List.of(cell));
            for (String name : fileSystems) {
                row.add(summary(results.sorted(cell, name)));
                if (naive != null) {
                    row.add(summary(naive.sorted(cell, name)));
                }
            }
            columns.add(row);
        }
    }

    /** Minimum, median and maximum of ascending values, in milliseconds. */
    static String summary(long[] sorted) {
        if (sorted.length == 0) {
            return "-";
        }
        return millis(sorted[0])
                + " / "
                + millis(sorted[sorted.length / 2])
                + " / "
                + millis(sorted[sorted.length - 1]);
    }

    private static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%.0f", millis);
    }

    /** Aligned columns. */
    String text() {
        return columns.text();
    }

    /** As documents have it. */
    String markdown() {
        return columns.markdown();
    }
}
