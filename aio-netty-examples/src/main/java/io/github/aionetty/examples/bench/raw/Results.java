// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.Spread;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What was measured, by workload, contender and round; and why something was not. */
final class Results {
    private final Map<Workload, Map<Contender, Map<Integer, Measurement>>> measured =
            new EnumMap<>(Workload.class);

    private final Map<Workload, Map<Contender, String>> failures = new EnumMap<>(Workload.class);
    private final Map<Contender, String> missing = new EnumMap<>(Contender.class);

    void add(Workload workload, Contender contender, int round, Measurement measurement) {
        measured.computeIfAbsent(workload, any -> new EnumMap<>(Contender.class))
                .computeIfAbsent(contender, any -> new TreeMap<>())
                .put(round, measurement);
    }

    /** It failed, and is not tried again. */
    void failed(Workload workload, Contender contender, String reason) {
        failures.computeIfAbsent(workload, any -> new EnumMap<>(Contender.class))
                .put(contender, reason);
    }

    /** It cannot take part on this machine. */
    void missing(Contender contender, String reason) {
        missing.put(contender, reason);
    }

    Map<Contender, String> missing() {
        return missing;
    }

    /** Why there is no more of it; {@code null} if there is nothing wrong. */
    String failure(Workload workload, Contender contender) {
        return failures.getOrDefault(workload, Map.of()).get(contender);
    }

    /** Whether whatever was begun has come to its end. */
    boolean complete() {
        return failures.isEmpty();
    }

    /** Those workloads of which there is something to say. */
    List<Workload> workloads() {
        return Arrays.stream(Workload.values())
                .filter(each -> measured.containsKey(each) || failures.containsKey(each))
                .toList();
    }

    /** Over the rounds; {@code null} if nothing was measured. */
    Spread of(Workload workload, Contender contender, ToDoubleFunction<Measurement> what) {
        Collection<Measurement> rounds = rounds(workload, contender).values();
        return rounds.isEmpty() ? null : Spread.of(rounds.stream().mapToDouble(what).toArray());
    }

    /** Transfers a second by those of another in the same round; {@code null} as {@link #of}. */
    Spread ratio(Workload workload, Contender contender, Contender other) {
        Map<Integer, Measurement> base = rounds(workload, other);
        double[] ratios =
                rounds(workload, contender).entrySet().stream()
                        .map(
                                each ->
                                        base.containsKey(each.getKey())
                                                ? each.getValue().iops()
                                                        / base.get(each.getKey()).iops()
                                                : null)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        return ratios.length == 0 ? null : Spread.of(ratios);
    }

    /** By round. */
    Map<Integer, Measurement> rounds(Workload workload, Contender contender) {
        return measured.getOrDefault(workload, Map.of()).getOrDefault(contender, Map.of());
    }
}
