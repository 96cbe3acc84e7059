// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import bench.RawContender;
import io.github.aionetty.examples.CommandRun;
import io.github.aionetty.examples.Main;
import io.github.aionetty.examples.bench.OwnJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a harness is started with, told by one that only notes it. */
class PeersCommandTest {
    @TempDir Path directory;

    private final CommandRun command = new CommandRun(new PeersCommand());

    private Path harness(String... lines) throws Exception {
        Path script = directory.resolve("part-a.sh");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    @Test
    void theHarnessGetsAContenderThatItCanLoad() throws Exception {
        Path seen = directory.resolve("seen");
        Path out = directory.resolve("out");
        String notes = "printf '%s\\n' \"$RAW_CONTENDER\" \"$CONTENDER_CP\" \"$*\" >" + seen;
        int status =
                command.run(
                        "--harness=" + harness(notes),
                        "--rounds=2",
                        "--workloads=rr4k-qd1",
                        "--out=" + out);
        assertThat(status).as(command.err()).isZero();
        assertThat(seen).exists();
        String[] lines = Files.readString(seen).split("\n");
        assertThat(Class.forName(lines[0]).getDeclaredConstructor().newInstance())
                .isInstanceOfSatisfying(RawContender.class, PeersCommandTest::close);
        assertThat(lines[1]).isEqualTo(System.getProperty("java.class.path"));
        assertThat(lines[2])
                .contains("project --devs loop --workloads rr4k-qd1 --rounds 2 --secs 2.0")
                .endsWith("--out " + out);
        assertThat(command.out())
                .contains(" UTC: ./run --harness=", " CPUs; ")
                .doesNotContain("CONTENDER_OPTS");
        assertThat(command.err()).contains("devices.sh down");
    }

    @Test
    void itGetsTheSettingsAndTheyAreTold() throws Exception {
        Path seen = directory.resolve("seen");
        List<String> lines =
                OwnJvm.run(
                        List.of("-Dio.github.aionetty.routing=off"),
                        Main.class.getName(),
                        List.of(
                                "bench",
                                "peers",
                                "--harness=" + harness("echo \"$CONTENDER_OPTS\" >" + seen)));
        assertThat(seen).hasContent("-Dio.github.aionetty.routing=off");
        assertThat(lines).contains("CONTENDER_OPTS=-Dio.github.aionetty.routing=off");
    }

    private static void close(RawContender contender) {
        try {
            contender.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whereThereIsNoneItSaysSo() {
        assertThat(command.run("--harness=")).isEqualTo(1);
        assertThat(command.err()).contains("--harness DIR", "AIO_NETTY_HARNESS");
        assertThat(command.run("--harness=" + directory)).isEqualTo(1);
        assertThat(command.err()).contains("there is no program part-a.sh");
    }

    @Test
    void itsFailureIsOurs() throws Exception {
        assertThat(command.run("--harness=" + harness("exit 3"))).isEqualTo(1);
        assertThat(command.err()).contains("exit code 3").doesNotContain("devices.sh");
    }

    @Test
    void whatWentWrongWithThisLibraryIsNotOverlooked() throws Exception {
        String fine = row("project", "rr4k-qd1", "\"iops\": 1.5");
        String wrong = row("project", "rr4k-qd8", "\"error\": \"no \\\"luck\\\"\"");
        assertThat(command.run("--harness=" + harness(rows(fine, wrong)))).isEqualTo(1);
        assertThat(command.err())
                .contains("1 of 2 measurements, first dev=loop wl=rr4k-qd8: no \\\"luck\\\"")
                .contains("devices.sh down");
    }

    @Test
    void whatWentWrongWithOthersIsTheirs() throws Exception {
        String theirs = row("fio", "rr4k-qd1", "\"error\": \"\\\"c\\\": \\\"project\\\"\"");
        int status = command.run("--harness=" + harness(rows(theirs)));
        assertThat(status).as(command.err()).isZero();
    }

    private static String row(String name, String workload, String what) {
        return "{"
                + what
                + ", \"round\": 0, \"dev\": \"loop\", \"wl\": \""
                + workload
                + "\", \"c\": \""
                + name
                + "\"}";
    }

    /** Lines of a script: the last argument is the file. */
    private static String[] rows(String... rows) {
        List<String> lines = new ArrayList<>(List.of("for out; do :; done", "cat >$out <<'END'"));
        lines.addAll(List.of(rows));
        lines.add("END");
        return lines.toArray(String[]::new);
    }

    @Test
    void resultsOfAnotherRunAreLeftAlone() throws Exception {
        Path out = Files.createFile(directory.resolve("out"));
        String harness = "--harness=" + harness("echo {} >>" + out);
        assertThat(command.run(harness, "--out=" + out)).isEqualTo(2);
        assertThat(command.err()).contains(out + " already");
        assertThat(out).isEmptyFile();
    }
}
