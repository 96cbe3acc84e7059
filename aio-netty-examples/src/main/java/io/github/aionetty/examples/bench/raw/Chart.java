// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.BarChart;
import io.github.aionetty.examples.bench.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Results as a picture: for each workload how much was done, and what it cost. */
final class Chart {
    private static final double MIB = 1 << 20;
    private static final double THOUSAND = 1000;

    private Chart() {}

    static String svg(Results results, List<String> about) {
        BarChart chart = new BarChart("Direct reads and writes of one file", about);
        for (Workload workload : results.workloads()) {
            double done = largest(results, workload, Measurement::iops);
            double cost = largest(results, workload, Measurement::cpuMicros);
            chart.group(
                    workload.label(),
                    workload.sequential
                            ? "MiB/s (more is better)"
                            : "thousand a second (more is better)",
                    "µs of CPU for each (less is better)");
            for (Contender contender : Contender.values()) {
                Spread iops = results.of(workload, contender, Measurement::iops);
                if (iops != null) {
                    Spread cpu = results.of(workload, contender, Measurement::cpuMicros);
                    chart.bars(
                            contender.label,
                            contender.ordinal(),
                            new BarChart.Bar(iops, done, amount(workload, iops.median())),
                            new BarChart.Bar(
                                    cpu, cost, String.format(Locale.ROOT, "%.2f", cpu.median())));
                }
            }
            Report.failures(results, workload).forEach(chart::note);
        }
        Report.missing(results).forEach(chart::note);
        return chart.svg();
    }

    private static String amount(Workload workload, double iops) {
        return workload.sequential
                ? String.format(Locale.ROOT, "%.0f", iops * workload.blockSize / MIB)
                : String.format(Locale.ROOT, "%.1f", iops / THOUSAND);
    }

    private static double largest(
            Results results, Workload workload, ToDoubleFunction<Measurement> what) {
        return Arrays.stream(Contender.values())
                .map(each -> results.of(workload, each, what))
                .filter(Objects::nonNull)
                .mapToDouble(Spread::most)
                .max()
                .orElse(0);
    }
}
