// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as lines to read: a cell each, and minimum, median and maximum for each file system. */
final class Table {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<List<String>> rows = new ArrayList<>();

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
        rows.add(head);
        for (String cell : results.cells()) {
            List<String> row = new ArrayList<>(List.of(cell));
            for (String name : fileSystems) {
                row.add(summary(results.sorted(cell, name)));
                if (naive != null) {
                    row.add(summary(naive.sorted(cell, name)));
                }
            }
            rows.add(row);
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
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(i == 0 ? "" : "  ");
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** As documents have it. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row == rows.get(0)) {
                text.append("|---".repeat(row.size())).append("|\n");
            }
        }
        return text.toString();
    }
}
