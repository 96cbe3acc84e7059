// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of text, the first of which is the head, as people read them. */
public final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    /** No row yet. */
    public Columns() {}

    /**
     * Adds a row.
     *
     * @param row as many cells as the first one has
     */
    public void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    /** Aligned columns. */
    public String text() {
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
    public String markdown() {
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
