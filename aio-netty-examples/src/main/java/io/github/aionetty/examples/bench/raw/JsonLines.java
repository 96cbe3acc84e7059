// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.github.aionetty.examples.bench.Json;
import java.util.List;
import java.util.Locale;

/** Results as programs read them: a JSON object a line, the first about the run. */
final class JsonLines {
    private JsonLines() {}

    static String write(Results results, List<String> about) {
        StringBuilder text = new StringBuilder(Json.about(about));
        results.missing()
                .forEach((contender, reason) -> failure(text, "", contender, "missing", reason));
        for (Workload workload : results.workloads()) {
            for (Contender contender : Contender.values()) {
                results.rounds(workload, contender)
                        .forEach((round, each) -> measured(text, workload, contender, round, each));
                String reason = results.failure(workload, contender);
                if (reason != null) {
                    String of = "\"workload\":" + Json.quoted(workload.id()) + ",";
                    failure(text, of, contender, "failed", reason);
                }
            }
        }
        return text.toString();
    }

    private static void failure(
            StringBuilder text, String workload, Contender contender, String kind, String reason) {
        text.append("{" + workload + "\"contender\":" + Json.quoted(contender.id))
                .append(",\"" + kind + "\":" + Json.quoted(reason) + "}\n");
    }

    private static void measured(
            StringBuilder text, Workload workload, Contender contender, int round, Measurement m) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "{\"workload\":%s,\"contender\":%s,\"round\":%d,\"iops\":%.1f"
                                + ",\"cpu_us\":%.3f,\"p50_us\":%.1f,\"p99_us\":%.1f"
                                + ",\"p999_us\":%.1f,\"allocated_bytes\":%.2f,\"checked\":%.0f}%n",
                        Json.quoted(workload.id()),
                        Json.quoted(contender.id),
                        round,
                        m.iops(),
                        m.cpuMicros(),
                        m.p50(),
                        m.p99(),
                        m.p999(),
                        m.allocated(),
                        m.checked()));
    }
}
