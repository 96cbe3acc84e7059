// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Results as people and programs get them. */
class ReportTest {
    private static final List<String> ABOUT = List.of("today: ./run bench scale");
    private static final Row ONE = new Row(Part.LOOPS, 1, true);
    private static final Row TWO = new Row(Part.LOOPS, 2, true);
    private static final Row MANY = new Row(Part.FILES, 100_000, false);

    private final Results results = new Results(List.of(ONE, TWO, MANY));

    ReportTest() {
        results.add(ONE, 0, figures(100_000, -0.0001));
        results.add(ONE, 1, figures(200_000, 0));
        results.add(ONE, 2, figures(120_000, 3));
        results.failed(TWO, "no luck");
        results.refused(MANY, "no more than \"10\"");
    }

    private static Figures figures(double rate, double allocated) {
        return new Figures()
                .put("ops_s", rate)
                .put("cpu_us", 2.5)
                .put("allocated_bytes", allocated)
                .put("submits", 0.125)
                .put("helper_transfers", 0);
    }

    @Test
    void textHasATableForEachPart() {
        assertThat(Report.text(results, ABOUT, false))
                .startsWith(ABOUT.get(0) + "\n")
                .endsWith(
                        """

                        Loops: one open file, 32 in flight on each, %d CPUs
                        loops          thousand/s              CPU µs               bytes allocated  submits  by helpers
                        1, overwrites  120.0 (100.0 to 200.0)  2.50 (2.50 to 2.50)  0.00             0.125    0.0000
                        loops 2, overwrites: failed: no luck

                        Open files: one loop, 32 in flight
                        open files  heap bytes a file  native bytes a file  open µs  close µs  CPU µs, open and close  bytes allocated, open and close  thousand reads/s  CPU µs a read  bytes allocated a read  by helpers  helper threads
                        open files 100,000: no more than "10"
                        """
                                .formatted(Runtime.getRuntime().availableProcessors()));
        assertThat(Report.text(results, ABOUT, true)).contains("| 1, overwrites | 120.0 (100.0");
        assertThat(results.complete()).isFalse();
    }

    @Test
    void jsonHasALineForEachMeasurement() {
        List<String> lines = Report.json(results, ABOUT).lines().toList();
        assertThat(lines)
                .hasSize(6)
                .contains(
                        "{\"part\":\"loops\",\"count\":1,\"writes\":true,\"round\":2"
                                + ",\"ops_s\":120000.000,\"cpu_us\":2.500"
                                + ",\"allocated_bytes\":3.000,\"submits\":0.125"
                                + ",\"helper_transfers\":0.000}",
                        "{\"part\":\"files\",\"count\":100000,\"writes\":false"
                                + ",\"missing\":\"no more than \\\"10\\\"\"}");
    }

    @Test
    void anotherProcessReadsWhatOneWrote() {
        Figures one = figures(1.5, 1e-9);
        assertThat(Figures.of(one.line()).values()).isEqualTo(one.values());
    }

    @Test
    void whatWasNotMeasuredHasNoBarButAReason() {
        assertThat(Report.svg(results, ABOUT))
                .contains(">1, overwrites<", ">120.0<")
                .doesNotContain(">2, overwrites<", ">100,000<")
                .contains(
                        ">loops 2, overwrites: failed: no luck<",
                        ">open files 100,000: no more than \"10\"<");
    }
}
