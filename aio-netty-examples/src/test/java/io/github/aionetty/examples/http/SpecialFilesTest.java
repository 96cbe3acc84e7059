// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Prerequisites;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no file and no directory is refused, and never waited for. */
@Timeout(60)
class SpecialFilesTest {
    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("sub/file.txt"), "inside");
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void specialFilesAreRefusedAtOnce() throws Exception {
        Prerequisites.program("mkfifo");
        run("mkfifo", root.resolve("fifo").toString());
        Files.createSymbolicLink(root.resolve("fifo-link"), Path.of("fifo"));
        Path address = root.resolve("socket");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(address));
            for (String target : List.of("/fifo", "/fifo-link", "/socket")) {
                assertThat(server.get(target).status()).as(target).isEqualTo(403);
            }
            assertThat(server.get("/").text())
                    .contains("sub/")
                    .doesNotContain("fifo")
                    .doesNotContain("socket");
        }
        assertThat(server.get("/sub/file.txt").status()).isEqualTo(200);
    }

    @Test
    void devicesAreRefused() throws Exception {
        try (TestServer devices = new TestServer(Path.of("/dev"))) {
            assertThat(devices.get("/zero").status()).isEqualTo(403);
            assertThat(devices.get("/tty").status()).isBetween(400, 499);
            assertThat(devices.get("/null").status()).isEqualTo(403);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
