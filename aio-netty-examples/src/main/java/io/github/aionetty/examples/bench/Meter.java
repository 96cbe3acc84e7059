// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process spends from here on; for the thread that measures, which is not counted in. */
public final class Meter {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final double NANOS = 1e9;
    private static final double MICRO = 1e3;

    private final Allocations allocations = new Allocations();
    private final long cpu = PROCESS.getProcessCpuTime();
    private final long began = System.nanoTime();

    /** Begins. */
    public Meter() {}

    /**
     * What was spent.
     *
     * @param seconds that passed
     * @param cpuMicros CPU time of the process, of all its threads
     * @param allocated bytes that its threads allocated on the heap
     */
    public record Usage(double seconds, double cpuMicros, double allocated) {}

    /** What was spent until now. */
    public Usage read() {
        double seconds = (System.nanoTime() - began) / NANOS;
        double micros = (PROCESS.getProcessCpuTime() - cpu) / MICRO;
        return new Usage(seconds, micros, allocations.bytes());
    }
}
