// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioMetrics;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What counters and the clock say of the same while. */
class MeasuredTest {
    private static final double PER_SECOND = 1e6;
    private static final long SLOW_MILLIS = 20;

    @Test
    void nothingIsCountedWhoseTimeIsNot() throws Exception {
        AioMetrics metrics =
                Fakes.of(AioMetrics.class, (self, method, arguments) -> counter(method.getName()));
        AioContext context = Fakes.of(AioContext.class, (self, method, arguments) -> metrics);
        Figures figures = new Measured(List.of(context)).over(0.1);
        assertThat(figures.get("ops_s")).isPositive().isLessThanOrEqualTo(PER_SECOND);
    }

    /** One operation ends each microsecond, and who asks is kept for long before it is told. */
    private static Object counter(String name) throws InterruptedException {
        if (name.equals("completed")) {
            TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
            return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        }
        if (name.equals("inFlight")) {
            return 0;
        }
        return 0L;
    }
}
