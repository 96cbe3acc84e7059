// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.examples.bench.BarChart;
import io.github.aionetty.examples.bench.Columns;
import io.github.aionetty.examples.bench.Json;
import io.github.aionetty.examples.bench.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results for people, as tables and as a picture, and for programs. */
final class Report {
    private static final String NOTES =
            """
            Direct transfers of 4 KiB at random places. Median (least to most) of the rounds; CPU time is the
            process's, of all its threads, and bytes allocated are on the heap, both for each operation.
            """;

    private Report() {}

    static String text(Results results, List<String> about, boolean markdown) {
        StringBuilder text = new StringBuilder();
        for (String line : about) {
            text.append(line).append(markdown ? "  \n" : "\n");
        }
        text.append(NOTES);
        for (Part part : Part.values()) {
            List<Row> rows = results.rows(part);
            if (!rows.isEmpty()) {
                text.append('\n').append(part.title).append(markdown ? "\n\n" : "\n");
                Columns table = table(results, part, rows);
                text.append(markdown ? table.markdown() : table.text());
                missing(results, part).forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    private static Columns table(Results results, Part part, List<Row> rows) {
        Columns table = new Columns();
        List<String> head = new ArrayList<>(List.of(part.grows));
        part.columns.forEach(column -> head.add(column.head()));
        table.add(head);
        for (Row row : rows) {
            if (!results.rounds(row).isEmpty()) {
                List<String> cells = new ArrayList<>(List.of(row.label()));
                part.columns.forEach(
                        column -> cells.add(column.text().apply(results.of(row, column.figure()))));
                table.add(cells);
            }
        }
        return table;
    }

    /** What there is nothing or no more of, and why, a line each. */
    private static List<String> missing(Results results, Part part) {
        return results.rows(part).stream()
                .filter(row -> results.missing(row) != null)
                .map(row -> part.grows + " " + row.label() + ": " + results.missing(row))
                .toList();
    }

    /** An object a line, the first about the run. */
    static String json(Results results, List<String> about) {
        StringBuilder text = new StringBuilder(Json.about(about));
        for (Part part : Part.values()) {
            for (Row row : results.rows(part)) {
                results.rounds(row)
                        .forEach(
                                (round, figures) -> {
                                    text.append(name(row)).append(",\"round\":" + round);
                                    figures.values()
                                            .forEach(
                                                    (name, value) ->
                                                            text.append(field(name, value)));
                                    text.append("}\n");
                                });
                String reason = results.missing(row);
                if (reason != null) {
                    text.append(name(row) + ",\"missing\":" + Json.quoted(reason) + "}\n");
                }
            }
        }
        return text.toString();
    }

    private static String name(Row row) {
        return "{\"part\":%s,\"count\":%d,\"writes\":%b"
                .formatted(Json.quoted(row.part().id()), row.count(), row.writes());
    }

    private static String field(String name, double value) {
        return String.format(Locale.ROOT, ",%s:%.3f", Json.quoted(name), value);
    }

    static String svg(Results results, List<String> about) {
        BarChart chart = new BarChart("Cost as work grows: direct transfers of 4 KiB", about);
        for (Part part : Part.values()) {
            List<Row> rows =
                    results.rows(part).stream()
                            .filter(row -> !results.rounds(row).isEmpty())
                            .toList();
            if (!rows.isEmpty()) {
                chart.group(
                        part.grows,
                        "thousand a second (more is better)",
                        "µs of CPU for each (less is better)");
            }
            for (Row row : rows) {
                chart.bars(
                        row.label(),
                        row.part().ordinal(),
                        bar(results, rows, row, "ops_s", 1e-3, "%.1f"),
                        bar(results, rows, row, "cpu_us", 1, "%.2f"));
            }
            missing(results, part).forEach(chart::note);
        }
        return chart.svg();
    }

    private static BarChart.Bar bar(
            Results results, List<Row> rows, Row row, String figure, double scale, String format) {
        double full =
                rows.stream().mapToDouble(each -> results.of(each, figure).most()).max().orElse(0);
        Spread spread = results.of(row, figure);
        String text = String.format(Locale.ROOT, format, spread.median() * scale);
        return new BarChart.Bar(spread, full, text);
    }
}
