// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.bench.Answer;
import io.github.aionetty.examples.bench.BarChart;
import io.github.aionetty.examples.bench.Json;
import io.github.aionetty.examples.bench.Spread;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Results as people and programs get them. */
class ReportTest {
    private static final List<String> ABOUT = List.of("today: ./run bench raw <here> & \"there\"");
    private final Results results = new Results();

    ReportTest() {
        add(Contender.AIO_NETTY, 100_000, 200_000, 120_000);
        add(Contender.POOL, 50_000, 50_000, 30_000);
        results.failed(Workload.RR4K_QD32, Contender.CHANNEL, "no luck");
        results.missing(Contender.IO_URING, "not allowed");
    }

    private void add(Contender contender, double... iops) {
        for (int round = 0; round < iops.length; round++) {
            results.add(
                    Workload.RR4K_QD32,
                    contender,
                    round,
                    new Measurement(iops[round], 2.5, 100, 200.4, 300, 0.04, 7));
        }
    }

    @Test
    void mediansAndSpreadAreOfTheRounds() {
        Spread iops = results.of(Workload.RR4K_QD32, Contender.AIO_NETTY, Measurement::iops);
        assertThat(iops).isEqualTo(new Spread(120_000, 100_000, 200_000));
        assertThat(Spread.of(new double[] {4, 1, 2, 3})).extracting("median").isEqualTo(2.5);
        assertThat(results.of(Workload.RR4K_QD1, Contender.AIO_NETTY, Measurement::iops)).isNull();
    }

    @Test
    void ratiosAreOfOneRound() {
        assertThat(results.ratio(Workload.RR4K_QD32, Contender.POOL, Contender.AIO_NETTY))
                .isEqualTo(new Spread(0.25, 0.25, 0.5));
        add(Contender.POOL, 1, 1, 1, 1);
        assertThat(results.rounds(Workload.RR4K_QD32, Contender.POOL)).hasSize(4);
        assertThat(results.ratio(Workload.RR4K_QD32, Contender.POOL, Contender.AIO_NETTY).most())
                .as("the fourth round has no other")
                .isEqualTo(1e-5);
        assertThat(results.ratio(Workload.RR4K_QD32, Contender.POOL, Contender.CHANNEL)).isNull();
    }

    @Test
    void textHasATableForEachWorkload() {
        assertThat(new Report(results, ABOUT).text(false))
                .isEqualTo(
                        """
                        today: ./run bench raw <here> & "there"
                        Median (least to most) of the rounds; CPU, latency and bytes for each transfer.
                        Netty io_uring is not here: not allowed

                        4 KiB random reads, depth 32  IOPS                       of aio-netty's       MiB/s  CPU µs               p50 µs  p99 µs  p99.9 µs  bytes allocated
                        aio-netty                     120000 (100000 to 200000)  1.00 (1.00 to 1.00)  469    2.50 (2.50 to 2.50)  100     200     300       0.0
                        FileChannel on threads        50000 (30000 to 50000)     0.25 (0.25 to 0.50)  195    2.50 (2.50 to 2.50)  100     200     300       0.0
                        AsynchronousFileChannel failed: no luck
                        """);
        assertThat(new Report(results, ABOUT).text(true))
                .contains("| aio-netty | 120000 (100000 to 200000) | 1.00");
    }

    @Test
    void jsonHasALineForEachMeasurement() {
        List<String> lines = JsonLines.write(results, ABOUT).lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0))
                .isEqualTo("{\"about\":[\"today: ./run bench raw <here> & \\\"there\\\"\"]}");
        assertThat(lines.get(1))
                .isEqualTo("{\"contender\":\"io_uring\",\"missing\":\"not allowed\"}");
        assertThat(lines)
                .contains(
                        "{\"workload\":\"rr4k-qd32\",\"contender\":\"pool\",\"round\":2,"
                                + "\"iops\":30000.0,\"cpu_us\":2.500,\"p50_us\":100.0,"
                                + "\"p99_us\":200.4,\"p999_us\":300.0,\"allocated_bytes\":0.04,"
                                + "\"checked\":7}",
                        "{\"workload\":\"rr4k-qd32\",\"contender\":\"afc\",\"failed\":\"no"
                                + " luck\"}");
        assertThat(Json.quoted("a\\b\tc")).isEqualTo("\"a\\\\b\\u0009c\"");
    }

    @Test
    void anotherProcessReadsWhatOneWrote() {
        Measurement one = new Measurement(1.5, 2, 3, 4, 5, 6.25, 7);
        assertThat(Measurement.of(one.line())).isEqualTo(one);
        assertThat(Answer.in(List.of("some other line", "measured\t" + one.line())))
                .isEqualTo(new Answer(one.line(), null));
        assertThat(Answer.in(List.of("failed\tno luck"))).isEqualTo(new Answer(null, "no luck"));
        assertThat(Answer.in(List.of()).failure()).isNotEmpty();
    }

    @Test
    void barsAreAsLongAsTheirValues() throws Exception {
        Document svg = parsed(Chart.svg(results, ABOUT));
        // The page, and then two for each contender: IOPS, CPU.
        List<Integer> widths = new ArrayList<>();
        NodeList bars = svg.getElementsByTagName("rect");
        for (int i = 1; i < bars.getLength(); i++) {
            widths.add(Integer.valueOf(((Element) bars.item(i)).getAttribute("width")));
        }
        assertThat(widths).containsExactly(109, 182, 46, 182);
        List<String> texts = new ArrayList<>();
        NodeList all = svg.getElementsByTagName("text");
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent());
        }
        assertThat(texts)
                .contains(ABOUT.get(0), "4 KiB random reads, depth 32", "aio-netty", "120.0")
                .endsWith(
                        "AsynchronousFileChannel failed: no luck",
                        "Netty io_uring is not here: not allowed")
                .doesNotContain("AsynchronousFileChannel");
    }

    @Test
    void longLinesAboutTheRunAreBroken() throws Exception {
        String words = "word ".repeat(40).strip();
        NodeList texts =
                parsed(new BarChart("title", List.of(words)).svg()).getElementsByTagName("text");
        assertThat(texts.getLength()).isEqualTo(4);
        String joined = texts.item(1).getTextContent() + " " + texts.item(2).getTextContent();
        assertThat(joined).isEqualTo(words);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
