// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Bad input: one line that says what is wrong, and an exit code. */
class MainTest {
    @TempDir Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private void assertFails(int code, String text, String... args) {
        err.getBuffer().setLength(0);
        assertThat(run(args)).as("%s: %s", String.join(" ", args), err).isEqualTo(code);
        assertThat(err.toString()).contains(text);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongUsageIs2() {
        String root = directory.toString();
        assertFails(2, "missing subcommand");
        assertFails(2, "DIR", "serve");
        assertFails(2, "--bogus", "serve", root, "--bogus");
        assertFails(2, "surf", "surf");
        assertFails(2, "extra", "serve", root, "extra");
        assertFails(2, "--port", "serve", root, "--port", "http");
        assertFails(2, "--port", "serve", root, "--port");
        assertFails(2, "65536", "serve", root, "--port", "65536");
        assertFails(2, "-1", "serve", root, "--port", "-1");
        assertFails(2, "--loops", "serve", root, "--loops", "0");
        assertFails(2, "--loops", "serve", root, "--loops", "1.5");
        assertFails(2, "SOURCE", "copy");
        assertFails(2, "TARGET", "copy", root);
        assertFails(2, "--bogus", "copy", root, root, "--bogus");
        assertFails(2, "surf", "bench", "surf");
        assertFails(2, "--dir", "bench", "stall");
        assertFails(2, "--rounds", "bench", "stall", "--dir", root, "--rounds", "0");
        assertFails(2, "--iops", "bench", "stall", "--dir", root, "--iops", "-1");
        assertFails(2, "--max-files", "bench", "scale", "--max-files", "few");
        assertFails(2, "zfs", "bench", "stall", "--dir", root, "--fs", "ext4,zfs");
    }

    @Test
    void failuresAre1() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        String root = directory.toString();
        assertFails(1, "no such directory: " + root + "/missing", "serve", root + "/missing");
        assertFails(2, "DIR is empty", "serve", "");
        assertFails(2, "TARGET is empty", "copy", root, "");
        assertFails(
                1,
                "no such file or directory: " + root + "/missing",
                "copy",
                root + "/missing",
                "x");
        assertFails(1, "not a directory: " + file, "serve", file.toString());
        assertFails(1, "unknown host", "serve", root, "--host", "no.such.host.invalid");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            assertFails(1, "127.0.0.1:" + port, "serve", root, "--port", port);
            assertThat(err.toString()).contains("Address already in use");
        }
    }

    @Test
    void helpIsNoError() {
        assertThat(run("--help")).isZero();
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString()).contains("--port", "--host", "--loops", "DIR");
        assertThat(run("copy", "--help")).isZero();
        assertThat(out.toString()).contains("SOURCE", "TARGET", "--force", "130");
        assertThat(run("bench")).as("lists the benchmarks").isZero();
        assertThat(out.toString()).contains("stall", "routing", "raw", "scale", "peers", "micro");
    }
}
