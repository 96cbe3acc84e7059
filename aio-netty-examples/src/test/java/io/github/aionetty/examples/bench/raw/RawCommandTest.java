// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.CommandRun;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark, in short. */
@Timeout(300)
class RawCommandTest {
    private static final Pattern CHECKED = Pattern.compile("\"checked\":(\\d+)");

    @TempDir Path temporary;
    private Path directory;
    private final CommandRun command = new CommandRun(new RawCommand());

    @BeforeEach
    void directory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("disk"));
    }

    @Test
    void everybodyReadsAndWritesTheSameFileThatIsGoneAfterwards() throws Exception {
        Prerequisites.direct(temporary);
        Path json = temporary.resolve("results.jsonl");
        Path svg = temporary.resolve("results.svg");
        int status =
                command.run(
                        "--dir=" + directory,
                        "--size=16M",
                        "--rounds=1",
                        "--seconds=0.2",
                        "--workloads=rr4k-qd32,rw4k-qd32",
                        "--out=" + json,
                        "--svg=" + svg);
        assertThat(status).as(command.err() + command.out()).isZero();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
        for (Contender contender : Contender.values()) {
            if (contender.missing() == null) {
                assertThat(command.out()).contains("\n" + contender.label + "  ");
                List<String> lines =
                        Files.readAllLines(json).stream()
                                .filter(each -> each.contains("\"" + contender.id + "\""))
                                .toList();
                assertThat(lines).hasSize(2).allSatisfy(RawCommandTest::isChecked);
            } else {
                assertThat(command.out()).contains(contender.label + " is not here");
            }
        }
        assertThat(Files.readString(svg)).startsWith("<svg ").contains("aio-netty");
    }

    private static void isChecked(String line) {
        Matcher checked = CHECKED.matcher(line);
        assertThat(checked.find()).as(line).isTrue();
        assertThat(Long.parseLong(checked.group(1))).as(line).isPositive();
    }

    @Test
    void aFileOfOthersIsOnlyRead() throws Exception {
        Prerequisites.direct(temporary);
        Path file = directory.resolve("theirs");
        Content.file(file, 16 << 20);
        byte[] before = Files.readAllBytes(file);
        String of = "--file=" + file;
        assertThat(command.run(of, "--workloads=rw4k-qd32")).isEqualTo(1);
        assertThat(command.err()).contains("not written to: " + file);
        int status =
                command.run(
                        of,
                        "--only=aio-netty",
                        "--rounds=1",
                        "--seconds=0.1",
                        "--workloads=rr4k-qd1");
        assertThat(status).as(command.err() + command.out()).isZero();
        assertThat(command.out()).contains("4 KiB random reads, depth 1 ", "aio-netty");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void whatIsKeptMayBeWrittenToAgain() throws Exception {
        Prerequisites.direct(temporary);
        String[] brief = {
            "--only=aio-netty", "--rounds=1", "--seconds=0.1", "--workloads=rw4k-qd32"
        };
        assertThat(command.run(with(brief, "--dir=" + directory, "--size=16M", "--keep")))
                .as(command.err() + command.out())
                .isZero();
        Path kept;
        try (Stream<Path> left = Files.list(directory)) {
            kept = left.findAny().orElseThrow();
        }
        assertThat(command.run(with(brief, "--file=" + kept)))
                .as(command.err() + command.out())
                .isZero();
        assertThat(kept).hasSize(16 << 20);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void whatCannotBeMeasuredIsSaid() throws Exception {
        Path small = Files.write(directory.resolve("small"), new byte[1]);
        assertFails(1, "no such file", "--file=" + directory.resolve("none"));
        assertFails(1, "not a file", "--file=" + directory);
        assertFails(1, "too small", "--file=" + small);
        assertFails(1, "no such directory", "--dir=" + small);
        assertFails(1, "has room for", "--dir=" + directory, "--size=999999T");
        assertFails(2, "16 MiB", "--size=1M");
        assertFails(2, "no size", "--size=12");
        assertFails(2, "about a new file", "--file=" + small, "--keep");
        assertFails(2, "must be of rr4k-qd1,", "--workloads=rr4k");
        assertFails(2, "must be of aio-netty,", "--only=me");
        assertFails(2, "--rounds", "--rounds=0");
        assertFails(2, "--seconds", "--seconds=0");
        assertFails(2, "no such directory", "--svg=" + directory.resolve("none/chart.svg"));
    }

    private void assertFails(int status, String message, String... args) {
        assertThat(command.run(args)).as(command.err()).isEqualTo(status);
        assertThat(command.err()).contains(message);
    }
}
