// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code copy}: what it leaves, what it says, and its exit codes. */
@Timeout(120)
class CopyCommandTest {
    /** Takes a disk a moment to copy, by bytes. */
    private static final int LARGE = 600_000_000;

    @TempDir Path directory;

    private final CommandRun copy = new CommandRun(new CopyCommand());

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void copiesAndReplacesOnlyWhenForced() throws IOException {
        Path source = Content.file(directory.resolve("source"), 10_000_001);
        Path target = directory.resolve("target");
        assertThat(copy.run(source.toString(), target.toString())).isZero();
        assertThat(target).hasSameBinaryContentAs(source);
        assertThat(copy.out() + copy.err()).as("no terminal, no bar").isEmpty();
        Files.writeString(target, "old");
        assertThat(copy.run(source.toString(), target.toString())).isEqualTo(1);
        assertThat(copy.err()).contains("exists already: " + target, "--force");
        assertThat(target).hasContent("old");
        assertThat(copy.run(source.toString(), target.toString(), "--force", "--quiet")).isZero();
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void aDirectoryAsTargetGetsTheNameAndAttributesAreKept() throws IOException {
        Path source = Content.file(directory.resolve("source"), 1000);
        FileTime then = FileTime.fromMillis(1_234_567_890_123L);
        Files.setLastModifiedTime(source, then);
        Path below = Files.createDirectory(directory.resolve("below"));
        assertThat(copy.run(source.toString(), below.toString(), "--attributes")).isZero();
        assertThat(below.resolve("source")).hasSameBinaryContentAs(source);
        assertThat(Files.getLastModifiedTime(below.resolve("source"))).isEqualTo(then);
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        Path source = Content.file(directory.resolve("source"), 1000);
        String missing = directory.resolve("missing").toString();
        assertThat(copy.run(missing, missing + "2")).isEqualTo(1);
        assertThat(copy.err()).contains("no such file or directory: " + missing).hasLineCount(1);
        assertThat(copy.run(source.toString(), missing + "/target")).isEqualTo(1);
        assertThat(copy.err()).contains(missing + "/target").hasLineCount(1);
        assertThat(copy.run(directory.toString(), missing)).isEqualTo(1);
        assertThat(copy.err()).contains("a directory").hasLineCount(1);
        assertThat(copy.run(source.toString(), "")).isEqualTo(2);
        assertThat(copy.run(source.toString())).isEqualTo(2);
        assertThat(names()).containsExactly("source");
    }

    @Test
    void namesDoNotReachTheTerminalAsTheyAre() throws IOException {
        String name = "a\u001b[2J\u009b1m\nb";
        String shown = "a\\u001b[2J\\u009b1m\\u000ab";
        Path missing = directory.resolve(name);
        assertThat(copy.run(missing.toString(), missing + "2")).isEqualTo(1);
        assertThat(copy.err())
                .contains("no such file or directory: " + directory.resolve(shown))
                .hasLineCount(1);
        Path below = Files.createDirectory(missing);
        assertThat(copy.run(below.toString(), missing + "2")).isEqualTo(1);
        assertThat(copy.err()).contains("a directory: " + directory.resolve(shown));
        Files.delete(below);
        StringWriter err = new StringWriter();
        CommandLine all = Main.commandLine().setErr(new PrintWriter(err, true));
        assertThat(all.execute("copy", "x", "y", "--\u001b[2J")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("\u001b").contains("\\u001b[2J");
    }

    @Test
    void anInterruptLeavesTheOldTargetAndNothingElse() throws Exception {
        Path source = Content.file(directory.resolve("source"), LARGE);
        Path target = Files.writeString(directory.resolve("target"), "old");
        Process process = start(source, target);
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (process.isAlive() && names().size() < 3 && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            Prerequisites.require(process.isAlive(), "a directory where a copy takes a moment");
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
        assertThat(names()).containsExactly("source", "target");
        assertThat(target).hasContent("old");
    }

    private static Process start(Path source, Path target) throws IOException {
        // What a shell has put into the background ignores it, and so do its children.
        return new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=logback.xml",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "copy",
                        source.toString(),
                        target.toString(),
                        "--force")
                .inheritIO()
                .start();
    }
}
