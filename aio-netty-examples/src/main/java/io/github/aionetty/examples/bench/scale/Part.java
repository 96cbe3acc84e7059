// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One of the tables: what grows, by which steps, and what is told of each. */
enum Part {
    /** One loop, one file. */
    DEPTH(
            "Operations in flight: one loop, one file",
            "in flight",
            List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024),
            List.of(
                    Column.spread("thousand reads/s", "ops_s", "%.1f", 1e-3),
                    Column.spread("CPU µs", "cpu_us", "%.2f", 1),
                    Column.median("bytes allocated", "allocated_bytes", "%.2f", 1),
                    Column.median("submits", "submits", "%.3f", 1),
                    Column.median("by helpers", "helper_transfers", "%.4f", 1),
                    Column.median("in flight, seen", "in_flight", "%.0f", 1),
                    Column.median("heap KiB held", "heap_bytes", "%.1f", 1.0 / 1024),
                    Column.median("native KiB held", "native_bytes", "%.1f", 1.0 / 1024),
                    Column.median("bytes held for each", "slot_bytes", "%.0f", 1))),

    /** One open file on all loops. */
    LOOPS(
            "Loops: one open file, 32 in flight on each, "
                    + Runtime.getRuntime().availableProcessors()
                    + " CPUs",
            "loops",
            List.of(1, 2, 3, 4),
            List.of(
                    Column.spread("thousand/s", "ops_s", "%.1f", 1e-3),
                    Column.spread("CPU µs", "cpu_us", "%.2f", 1),
                    Column.median("bytes allocated", "allocated_bytes", "%.2f", 1),
                    Column.median("submits", "submits", "%.3f", 1),
                    Column.median("by helpers", "helper_transfers", "%.4f", 1))),

    /** One loop, a block of each file. */
    FILES(
            "Open files: one loop, 32 in flight",
            "open files",
            List.of(1, 10, 100, 1000, 10_000, 100_000),
            List.of(
                    Column.median("heap bytes a file", "heap_bytes", "%.0f", 1),
                    Column.median("native bytes a file", "native_bytes", "%.0f", 1),
                    Column.median("open µs", "open_us", "%.1f", 1),
                    Column.median("close µs", "close_us", "%.1f", 1),
                    Column.spread("CPU µs, open and close", "open_close_cpu_us", "%.1f", 1),
                    Column.median(
                            "bytes allocated, open and close",
                            "open_close_allocated_bytes",
                            "%.0f",
                            1),
                    Column.spread("thousand reads/s", "ops_s", "%.1f", 1e-3),
                    Column.spread("CPU µs a read", "cpu_us", "%.2f", 1),
                    Column.median("bytes allocated a read", "allocated_bytes", "%.2f", 1),
                    Column.median("by helpers", "helper_transfers", "%.4f", 1),
                    Column.most("helper threads", "helpers", "%.0f", 1)));

    final String title;
    final String grows;
    final List<Integer> steps;
    final List<Column> columns;

    Part(String title, String grows, List<Integer> steps, List<Column> columns) {
        this.title = title;
        this.grows = grows;
        this.steps = steps;
        this.columns = columns;
    }

    /** As options have it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its rows up to there, and there. */
    List<Row> rows(int most) {
        List<Row> rows = new ArrayList<>();
        List<Integer> counts = new ArrayList<>(steps);
        counts.removeIf(count -> count > most);
        if (most < steps.get(steps.size() - 1) && !counts.contains(most)) {
            counts.add(most);
        }
        for (boolean write : this == LOOPS ? new boolean[] {false, true} : new boolean[] {false}) {
            counts.forEach(count -> rows.add(new Row(this, count, write)));
        }
        return rows;
    }
}
