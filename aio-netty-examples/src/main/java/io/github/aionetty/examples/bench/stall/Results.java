// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The longest stall of every cell, file system and round, in nanoseconds. Any thread. */
public final class Results {
    private final Map<String, Map<String, long[]>> stalls = new LinkedHashMap<>();

    /** Nothing measured yet. */
    public Results() {}

    /**
     * Adds one round's.
     *
     * @param cell its name
     * @param fileSystem its name
     * @param nanos how long the loop stood still
     */
    public synchronized void add(String cell, String fileSystem, long nanos) {
        stalls.computeIfAbsent(cell, any -> new LinkedHashMap<>())
                .merge(fileSystem, new long[] {nanos}, Results::joined);
    }

    private static long[] joined(long[] before, long[] more) {
        long[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        return all;
    }

    /** The names of all cells. */
    public synchronized Collection<String> cells() {
        return List.copyOf(stalls.keySet());
    }

    /** The file systems that a cell was measured on. */
    public synchronized Set<String> fileSystems(String cell) {
        return Set.copyOf(stalls.getOrDefault(cell, Map.of()).keySet());
    }

    /** One value a round, in ascending order; none where nothing was measured. */
    public synchronized long[] sorted(String cell, String fileSystem) {
        long[] values =
                stalls.getOrDefault(cell, Map.of()).getOrDefault(fileSystem, new long[0]).clone();
        Arrays.sort(values);
        return values;
    }
}
