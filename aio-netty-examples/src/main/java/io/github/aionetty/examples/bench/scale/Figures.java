// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.examples.bench.Meter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What one measurement has found, by name. */
final class Figures {
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** What operations cost, each. */
    static Figures of(Meter.Usage used, long operations, long submits) {
        return new Figures()
                .put("ops_s", operations / used.seconds())
                .put("cpu_us", used.cpuMicros() / operations)
                .put("allocated_bytes", used.allocated() / operations)
                .put("submits", (double) submits / operations);
    }

    Figures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** NaN where it was not measured. */
    double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    Map<String, Double> values() {
        return values;
    }

    /** As one process tells another. */
    String line() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("\t"));
    }

    /** Reads what {@link #line} wrote. */
    static Figures of(String line) {
        Figures figures = new Figures();
        for (String field : line.split("\t")) {
            int sign = field.indexOf('=');
            figures.put(field.substring(0, sign), Double.parseDouble(field.substring(sign + 1)));
        }
        return figures;
    }
}
