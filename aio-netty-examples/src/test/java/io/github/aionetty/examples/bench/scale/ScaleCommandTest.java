// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.CommandRun;
import io.github.aionetty.examples.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark, in short. */
@Timeout(300)
class ScaleCommandTest {
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":(-?[\\d.]+)");

    @TempDir Path temporary;
    private Path directory;
    private final CommandRun command = new CommandRun(new ScaleCommand());

    @BeforeEach
    void directory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("disk"));
    }

    @Test
    void eachStepIsMeasuredAndNothingIsLeft() throws Exception {
        Prerequisites.direct(temporary);
        Path json = temporary.resolve("results.jsonl");
        Path svg = temporary.resolve("results.svg");
        int status =
                command.run(
                        "--dir=" + directory,
                        "--size=16M",
                        "--rounds=1",
                        "--seconds=0.5",
                        "--max-depth=1",
                        "--max-loops=2",
                        "--max-files=3",
                        "--out=" + json,
                        "--svg=" + svg);
        assertThat(status).as(command.err() + command.out()).isZero();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
        List<String> lines = Files.readAllLines(json);
        assertThat(lines.get(0)).startsWith("{\"about\":");
        assertThat(lines.subList(1, lines.size()).stream().map(line -> line.split(",\"round\"")[0]))
                .containsExactly(
                        row("depth", 1, false),
                        row("loops", 1, false),
                        row("loops", 2, false),
                        row("loops", 1, true),
                        row("loops", 2, true),
                        row("files", 1, false),
                        row("files", 3, false));
        assertThat(lines.subList(1, lines.size())).allSatisfy(ScaleCommandTest::isSane);
        assertThat(command.out())
                .contains("\nin flight  thousand", "\n1, overwrites  ", "\nopen files  heap");
        assertThat(Files.readString(svg)).startsWith("<svg ").contains(">3<");
    }

    private static String row(String part, int count, boolean writes) {
        return "{\"part\":\"" + part + "\",\"count\":" + count + ",\"writes\":" + writes;
    }

    private static void isSane(String line) {
        Map<String, Double> figures = new TreeMap<>();
        Matcher number = NUMBER.matcher(line);
        while (number.find()) {
            figures.put(number.group(1), Double.valueOf(number.group(2)));
        }
        assertThat(figures.get("ops_s")).as(line).isGreaterThan(10);
        assertThat(figures.get("cpu_us")).as(line).isBetween(0.5, 2000.0);
        // A promise alone would be more; the rest is of whoever else allocates meanwhile.
        assertThat(figures.get("allocated_bytes")).as(line).isBetween(0.0, 16.0);
        double count = figures.get("count");
        if (line.contains("\"depth\"")) {
            assertThat(figures.get("submits") * count).as(line).isBetween(0.9, count + 0.1);
            assertThat(figures.get("in_flight")).as(line).isBetween(0.5 * count, count);
            assertThat(figures.get("slot_bytes") * count).as(line).isBetween(4096.0, 4e6);
        } else if (line.contains("\"loops\"")) {
            assertThat(figures.get("submits")).as(line).isBetween(0.01, 2.0);
        } else {
            assertThat(figures.get("heap_bytes")).as(line).isBetween(200.0, 50_000.0);
            assertThat(figures.get("open_us")).as(line).isBetween(1.0, 1e5);
            assertThat(figures.get("close_us")).as(line).isBetween(1.0, 1e5);
            assertThat(figures.get("open_close_cpu_us")).as(line).isBetween(1.0, 1e5);
            assertThat(figures.get("helpers")).as(line).isBetween(1.0, 32.0);
        }
    }

    @Test
    void theLastStepIsTheMostThatIsAskedFor() {
        assertThat(Part.FILES.rows(1000)).extracting(Row::count).containsExactly(1, 10, 100, 1000);
        assertThat(Part.FILES.rows(150)).extracting(Row::count).containsExactly(1, 10, 100, 150);
        assertThat(Part.DEPTH.rows(9999)).hasSameSizeAs(Part.DEPTH.steps);
        assertThat(Part.LOOPS.rows(3))
                .extracting(Row::label)
                .containsExactly(
                        "1, reads",
                        "2, reads",
                        "3, reads",
                        "1, overwrites",
                        "2, overwrites",
                        "3, overwrites");
    }

    @Test
    void whatCannotBeMeasuredIsSaid() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertFails(2, "must be of depth,loops,files, not disks", "--only=depth,disks");
        assertFails(2, "16 MiB", "--size=1M");
        assertFails(2, "--max-files", "--max-files=0");
        assertFails(2, "--max-depth", "--max-depth=-1");
        assertFails(2, "--rounds", "--rounds=0");
        assertFails(2, "no such directory", "--out=" + directory.resolve("none/results"));
        assertFails(1, "no such directory", "--dir=" + file);
    }

    private void assertFails(int status, String message, String... args) {
        assertThat(command.run(args)).as(command.err()).isEqualTo(status);
        assertThat(command.err()).contains(message);
    }
}
