// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112: what is between a connection's first byte and its last. */
@Timeout(60)
class ProtocolTest {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002",
                "GET\r\n\r\n",
                "GET /a\r\n\r\n",
                "GET /a HTTP/x\r\n\r\n",
                "GET /a HTTP/1.1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET /a HTTP/1.0\r\nHost: %4\r\n\r\n",
                "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://user@a/a HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a http/1.1\r\nHost: a\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "GET /a#frag HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void answers400AndEndsOrGoesOn(String request) throws Exception {
        try (RawClient client = server.connect()) {
            Response response = client.send(request + "\r\n\r\n").response();
            assertThat(response.status()).isEqualTo(400);
        }
        assertThat(server.get("/a").text()).isEqualTo("aaa");
    }

    @Test
    void closesAfterWhatCannotBeDecoded() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nNo colon\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            Response response = client.response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void limitsLinesAndHeaders() throws Exception {
        assertThat(server.get("/" + "x".repeat(10_000)).status()).isEqualTo(414);
        assertThat(server.get("/a", "X: " + "x".repeat(20_000)).status()).isEqualTo(431);
        String[] many = new String[2000];
        Arrays.setAll(many, i -> "X-" + i + ": value");
        assertThat(server.get("/a", many).status()).isEqualTo(431);
        assertThat(server.get("/" + "%61".repeat(80), "X: " + "x".repeat(8000)).status())
                .isEqualTo(404);
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\n" + "x".repeat(2_000_000));
            assertThat(client.response().status()).isEqualTo(431);
        }
    }

    @Test
    void knowsItsVersions() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/2.0\r\nHost: a\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(505);
        }
        try (RawClient client = server.connect()) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(505);
        }
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.7\r\nHost: a\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("aaa");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "a:80", "a:", "[::1]:80", "%41.b_c-d~e", "a,b;c=d", ":80"})
    void takesEachValidHost(String host) throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("aaa");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD /a b HTTP/1.1\r\n", "\r\nHEAD /a HTTP/1.x\r\n", "HEAD /a\r\n"})
    void theAnswerToHeadHasNoBodyEvenIfItCannotBeDecoded(String head) throws Exception {
        for (boolean slowly : new boolean[] {false, true}) {
            try (RawClient client = server.connect()) {
                for (String part : (head + "\r\n").split(slowly ? "" : "$")) {
                    client.send(part);
                }
                assertThat(client.responseToHead().status()).isEqualTo(400);
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    @Test
    void anEmptyExpectationIsNone() throws Exception {
        assertThat(server.get("/a", "Expect:").text()).isEqualTo("aaa");
        assertThat(server.get("/a", "Expect: 100-continue, , 100-Continue").status())
                .isEqualTo(200);
        assertThat(server.get("/a", "Expect: 100-continue, more").status()).isEqualTo(417);
    }

    @Test
    void requestsMayComeByteByByte() throws Exception {
        try (RawClient client = server.connect()) {
            for (char c : "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.response().text()).isEqualTo("aaa");
        }
    }

    @Test
    void ignoresASmallBodyAndStays() throws Exception {
        try (RawClient client = server.connect()) {
            client.get("/a", "Content-Length: 5").send("hello").get("/b");
            assertThat(client.response().text()).isEqualTo("aaa");
            assertThat(client.response().text()).isEqualTo("bb");
            client.get("/a", "Transfer-Encoding: chunked").send("3\r\nabc\r\n0\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("aaa");
        }
    }

    @Test
    void refusesALargeBodyWithoutReadingIt() throws Exception {
        try (RawClient client = server.connect()) {
            client.get("/a", "Content-Length: 100000000").send("x".repeat(500_000));
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(client.atEnd()).isTrue();
        }
        try (RawClient client = server.connect()) {
            client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
                    .send("x".repeat(1_000_000));
            Response response = client.response();
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(Files.readString(root.resolve("a"))).isEqualTo("aaa");
    }

    @Test
    void aClientThatWaitsFor100GetsItsAnswerAtOnce() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(405);
        }
    }
}
