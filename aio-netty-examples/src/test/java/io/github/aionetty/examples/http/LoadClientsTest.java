// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.github.aionetty.examples.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of many connections at once: none of their requests fails, and no byte is wrong. */
@Timeout(120)
class LoadClientsTest {
    private static final int LARGE = 20_000_017;

    @TempDir Path root;
    @TempDir Path elsewhere;

    @BeforeEach
    void create() throws Exception {
        Content.file(root.resolve("large"), LARGE);
        Content.file(root.resolve("direct"), 300_000);
        Content.file(root.resolve("buffered"), 20_000);
        Files.writeString(root.resolve("small"), "small");
        Files.createFile(root.resolve("empty"));
    }

    private static String url(TestServer server, String scheme, String path) {
        return scheme + "://127.0.0.1:" + server.address().getPort() + path;
    }

    @Test
    void aria2JoinsAFileFromSixteenConnections() throws Exception {
        Prerequisites.program("aria2c");
        try (TestServer server = new TestServer(root)) {
            Programs.run(
                    elsewhere,
                    "aria2c",
                    "--no-conf",
                    "--quiet",
                    "--max-connection-per-server=16",
                    "--split=16",
                    "--min-split-size=1M",
                    "--file-allocation=none",
                    url(server, "http", "/large"));
        }
        byte[] got = Files.readAllBytes(elsewhere.resolve("large"));
        assertThat(got).hasSize(LARGE);
        Content.check(got, LARGE, 0);
        assertThat(elsewhere.resolve("large.aria2")).doesNotExist();
    }

    @Test
    void wrkSeesRightBodiesOnConnectionsThatStay() throws Exception {
        Prerequisites.program("wrk");
        Path script = elsewhere.resolve("check.lua");
        Files.write(script, LoadClientsTest.class.getResourceAsStream("check.lua").readAllBytes());
        try (TestServer server = new TestServer(root)) {
            String output =
                    Programs.run(
                            root,
                            "wrk",
                            "--threads=2",
                            "--connections=64",
                            "--duration=2s",
                            "--script=" + script,
                            url(server, "http", "/"));
            assertThat(output).containsPattern("right=[1-9][0-9]{2,} wrong=0 errors=0\n");
            assertThat(output).doesNotContain("Socket errors");
            await().untilAsserted(() -> assertThat(server.openFiles()).isZero());
        }
    }

    @Test
    void h2loadHasNoFailureOverTls() throws Exception {
        Prerequisites.program("h2load");
        try (TestServer server = new TestServer(root, config -> config.withTls(Tls.SELF_MADE))) {
            for (List<String> protocol :
                    List.of(List.of("--max-concurrent-streams=16"), List.of("--h1"))) {
                String output =
                        Programs.run(
                                elsewhere,
                                "h2load",
                                "--requests=400",
                                "--clients=10",
                                protocol.get(0),
                                url(server, "https", "/small"),
                                url(server, "https", "/buffered"),
                                url(server, "https", "/direct"),
                                url(server, "https", "/empty"));
                assertThat(output)
                        .contains("400 done, 400 succeeded, 0 failed, 0 errored, 0 timeout")
                        .contains("status codes: 400 2xx, 0 3xx, 0 4xx, 0 5xx")
                        .containsPattern(" \\(" + 100 * (5 + 20_000 + 300_000) + "\\) data");
            }
        }
    }
}
