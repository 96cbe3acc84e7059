// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.util.List;

/** Results as one process tells them to another: a line for each value. */
final class RawResults {
    private static final String PREFIX = "stall";

    private RawResults() {}

    static String write(Results results) {
        StringBuilder text = new StringBuilder();
        for (String cell : results.cells()) {
            for (String name : results.fileSystems(cell)) {
                for (long nanos : results.sorted(cell, name)) {
                    text.append(String.join("\t", PREFIX, cell, name, String.valueOf(nanos)))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Reads what {@link #write} wrote, among other lines. */
    static Results read(List<String> lines) {
        Results results = new Results();
        for (String line : lines) {
            String[] parts = line.split("\t");
            if (parts[0].equals(PREFIX)) {
                results.add(parts[1], parts[2], Long.parseLong(parts[3]));
            }
        }
        return results;
    }
}
