// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that serve more than one request: keep-alive, pipelining, half-closed ones. */
@Timeout(60)
class PersistenceTest {
    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(root.resolve("a"), "aaa");
        Files.writeString(root.resolve("b"), "bb");
        Content.file(root.resolve("large"), 600_000);
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsTheConnection() throws Exception {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/a").response().text()).isEqualTo("aaa");
                assertThat(client.get("/large").response().body())
                        .isEqualTo(Content.bytes(0, 600_000));
            }
            Response last = client.get("/a", "Connection: close").response();
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void http10ClosesUnlessAskedToStay() throws Exception {
        try (RawClient client = server.connect()) {
            Response response = client.send("GET /a HTTP/1.0\r\n\r\n").response();
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.atEnd()).isTrue();
        }
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                Response response = client.response();
                assertThat(response.header("connection")).isEqualTo("keep-alive");
                assertThat(response.text()).isEqualTo("aaa");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"100", "2000"})
    void answersPipelinedRequestsInOrder(int count) throws Exception {
        StringBuilder packet = new StringBuilder();
        List<String> targets = List.of("/a", "/large", "/missing", "/b", "/../x", "/");
        for (int i = 0; i < count; i++) {
            String target = count > 100 && i % 6 == 1 ? "/a" : targets.get(i % 6);
            packet.append("GET ").append(target).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        try (RawClient client = server.connect()) {
            client.send(packet.toString());
            for (int i = 0; i < count; i++) {
                Response response = client.response();
                int expected = i % 6 == 2 ? 404 : i % 6 == 4 ? 400 : 200;
                assertThat(response.status()).as("response %d", i).isEqualTo(expected);
                if (i % 6 == 0) {
                    assertThat(response.text()).isEqualTo("aaa");
                } else if (i % 6 == 1 && count == 100) {
                    assertThat(response.body()).isEqualTo(Content.bytes(0, 600_000));
                } else if (i % 6 == 3) {
                    assertThat(response.text()).isEqualTo("bb");
                }
            }
        }
    }

    @Test
    void answersPipelinedRequestsOfAClientThatHasShutDownItsSide() throws Exception {
        try (RawClient client = server.connect()) {
            client.get("/large").get("/a").get("/b").shutdownOutput();
            assertThat(client.response().body()).isEqualTo(Content.bytes(0, 600_000));
            assertThat(client.response().text()).isEqualTo("aaa");
            assertThat(client.response().text()).isEqualTo("bb");
            assertThat(client.atEnd()).isTrue();
        }
        try (RawClient client = server.connect()) {
            client.send("GET /a HT").shutdownOutput();
            assertThat(client.atEnd()).isTrue();
        }
    }
}
