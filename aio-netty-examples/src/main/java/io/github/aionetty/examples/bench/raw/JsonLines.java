// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.util.List;
import java.util.Locale;

/** Results as programs read them: a JSON object a line, the first about the run. */
final class JsonLines {
    private JsonLines() {}

    static String write(Results results, List<String> about) {
        StringBuilder text = new StringBuilder("{\"about\":[");
        for (String line : about) {
            text.append(line == about.get(0) ? "" : ",").append(quoted(line));
        }
        text.append("]}\n");
        results.missing()
                .forEach((contender, reason) -> failure(text, "", contender, "missing", reason));
        for (Workload workload : results.workloads()) {
            for (Contender contender : Contender.values()) {
                results.rounds(workload, contender)
                        .forEach((round, each) -> measured(text, workload, contender, round, each));
                String reason = results.failure(workload, contender);
                if (reason != null) {
                    String of = "\"workload\":" + quoted(workload.id()) + ",";
                    failure(text, of, contender, "failed", reason);
                }
            }
        }
        return text.toString();
    }

    private static void failure(
            StringBuilder text, String workload, Contender contender, String kind, String reason) {
        text.append("{" + workload + "\"contender\":" + quoted(contender.id))
                .append(",\"" + kind + "\":" + quoted(reason) + "}\n");
    }

    private static void measured(
            StringBuilder text, Workload workload, Contender contender, int round, Measurement m) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "{\"workload\":%s,\"contender\":%s,\"round\":%d,\"iops\":%.1f"
                                + ",\"cpu_us\":%.3f,\"p50_us\":%.1f,\"p99_us\":%.1f"
                                + ",\"p999_us\":%.1f,\"allocated_bytes\":%.2f,\"checked\":%.0f}%n",
                        quoted(workload.id()),
                        quoted(contender.id),
                        round,
                        m.iops(),
                        m.cpuMicros(),
                        m.p50(),
                        m.p99(),
                        m.p999(),
                        m.allocated(),
                        m.checked()));
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
