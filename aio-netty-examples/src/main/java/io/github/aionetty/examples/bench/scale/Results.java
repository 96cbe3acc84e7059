// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.examples.bench.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was measured, by row and round; and why something was not. */
final class Results {
    private final Map<Row, Map<Integer, Figures>> measured = new LinkedHashMap<>();
    private final Map<Row, String> failures = new LinkedHashMap<>();
    private final Map<Row, String> refused = new LinkedHashMap<>();

    /** In the order in which they are told. */
    Results(List<Row> rows) {
        rows.forEach(row -> measured.put(row, new TreeMap<>()));
    }

    void add(Row row, int round, Figures figures) {
        measured.get(row).put(round, figures);
    }

    /** It failed, and is not tried again. */
    void failed(Row row, String reason) {
        failures.put(row, reason);
    }

    /** This machine does not allow it. */
    void refused(Row row, String reason) {
        refused.put(row, reason);
    }

    /** Why there is no more of it; {@code null} if there is nothing wrong. */
    String missing(Row row) {
        return failures.containsKey(row) ? "failed: " + failures.get(row) : refused.get(row);
    }

    /** Whether whatever was begun has come to its end. */
    boolean complete() {
        return failures.isEmpty();
    }

    List<Row> rows(Part part) {
        return measured.keySet().stream().filter(row -> row.part() == part).toList();
    }

    /** By round. */
    Map<Integer, Figures> rounds(Row row) {
        return measured.get(row);
    }

    /** Over the rounds; {@code null} if nothing was measured. */
    Spread of(Row row, String figure) {
        double[] values =
                rounds(row).values().stream().mapToDouble(each -> each.get(figure)).toArray();
        return values.length == 0 ? null : Spread.of(values);
    }
}
