// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.Columns;
import io.github.aionetty.examples.bench.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Results as people read them: a table for each workload. */
final class Report {
    private static final int MIB = 1 << 20;
    private static final List<String> NUMBERS =
            List.of(
                    "IOPS",
                    "of aio-netty's",
                    "MiB/s",
                    "CPU µs",
                    "p50 µs",
                    "p99 µs",
                    "p99.9 µs",
                    "bytes allocated");

    private final Results results;
    private final List<String> about;

    /**
     * Makes one.
     *
     * @param about where, when and how it was measured, in lines
     */
    Report(Results results, List<String> about) {
        this.results = results;
        this.about = about;
    }

    String text(boolean markdown) {
        StringBuilder text = new StringBuilder();
        for (String line : about) {
            text.append(line).append(markdown ? "  \n" : "\n");
        }
        text.append(
                "Median (least to most) of the rounds; CPU, latency and bytes for each"
                        + " transfer.\n");
        missing(results).forEach(line -> text.append(line).append('\n'));
        for (Workload workload : results.workloads()) {
            Columns table = table(workload);
            text.append('\n').append(markdown ? table.markdown() : table.text());
            failures(results, workload).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** Who cannot take part here, a line each. */
    static List<String> missing(Results results) {
        return results.missing().entrySet().stream()
                .map(each -> each.getKey().label + " is not here: " + each.getValue())
                .toList();
    }

    /** Who failed, a line each. */
    static List<String> failures(Results results, Workload workload) {
        return Arrays.stream(Contender.values())
                .filter(each -> results.failure(workload, each) != null)
                .map(each -> each.label + " failed: " + results.failure(workload, each))
                .toList();
    }

    private Columns table(Workload workload) {
        Columns table = new Columns();
        List<String> head = new java.util.ArrayList<>(List.of(workload.label()));
        head.addAll(NUMBERS);
        table.add(head);
        for (Contender contender : Contender.values()) {
            Spread iops = results.of(workload, contender, Measurement::iops);
            if (iops == null) {
                continue;
            }
            Spread cpu = results.of(workload, contender, Measurement::cpuMicros);
            Spread ratio = results.ratio(workload, contender, Contender.AIO_NETTY);
            table.add(
                    List.of(
                            contender.label,
                            format("%.0f (%.0f to %.0f)", iops),
                            ratio == null ? "-" : format("%.2f (%.2f to %.2f)", ratio),
                            number("%.0f", iops.median() * workload.blockSize / MIB),
                            format("%.2f (%.2f to %.2f)", cpu),
                            median("%.0f", results.of(workload, contender, Measurement::p50)),
                            median("%.0f", results.of(workload, contender, Measurement::p99)),
                            median("%.0f", results.of(workload, contender, Measurement::p999)),
                            median(
                                    "%.1f",
                                    results.of(workload, contender, Measurement::allocated))));
        }
        return table;
    }

    private static String format(String format, Spread spread) {
        return String.format(Locale.ROOT, format, spread.median(), spread.least(), spread.most());
    }

    private static String median(String format, Spread spread) {
        return number(format, spread.median());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
