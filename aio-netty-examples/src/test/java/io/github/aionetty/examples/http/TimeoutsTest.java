// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time (slow loris), and too many of them. */
@Timeout(60)
class TimeoutsTest {
    private static final Duration HEADER = Duration.ofMillis(600);
    private static final Duration IDLE = Duration.ofMillis(1500);
    private static final Duration BODY = Duration.ofMillis(1000);
    private static final Duration SEND = Duration.ofMillis(2000);

    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(root.resolve("a"), "aaa");
        Content.file(root.resolve("large"), 64L << 20);
        server =
                new TestServer(
                        root,
                        config ->
                                config.withUpload(true)
                                        .withLimits(
                                                Limits.DEFAULT.withTimes(
                                                        HEADER, IDLE, BODY, SEND)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws Exception {
        long began = System.nanoTime();
        try (RawClient client = server.connect()) {
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(since(began)).isBetween(HEADER.minusMillis(50), HEADER.plusSeconds(5));
    }

    @Test
    void aHeadThatNeverEndsIsA408() throws Exception {
        long began = System.nanoTime();
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: test\r\n");
            Thread dripping =
                    new Thread(
                            () -> {
                                try {
                                    while (since(began).compareTo(Duration.ofSeconds(10)) < 0) {
                                        client.send("X: y\r\n");
                                        Thread.sleep(50);
                                    }
                                } catch (Exception closed) {
                                    // As it should be.
                                }
                            });
            dripping.start();
            Response response = client.response();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(since(began)).isBetween(HEADER.minusMillis(50), HEADER.plusSeconds(5));
            client.reset();
            dripping.join();
        }
    }

    @Test
    void theTimeOfASecondHeadBeginsWithItsFirstByte() throws Exception {
        try (RawClient client = server.connect()) {
            assertThat(client.get("/a").response().status()).isEqualTo(200);
            Thread.sleep(HEADER.toMillis() + 200); // Idle, and longer than a head may take.
            assertThat(client.get("/a").response().status()).isEqualTo(200);
            // Two requests in a packet, the second of which is not whole.
            long began = System.nanoTime();
            client.get("/a").send("GET /a HTTP/1.1\r\nHo");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(since(began)).isLessThan(IDLE);
        }
    }

    @Test
    void anIdleConnectionIsClosedWithoutAWord() throws Exception {
        try (RawClient client = server.connect()) {
            assertThat(client.get("/a").response().status()).isEqualTo(200);
            long began = System.nanoTime();
            assertThat(client.atEnd()).isTrue();
            assertThat(since(began)).isBetween(IDLE.minusMillis(50), IDLE.plusSeconds(5));
        }
    }

    @Test
    void aBodyThatDripsIsA408() throws Exception {
        for (String method : List.of("PUT", "GET")) {
            try (RawClient client = server.connect()) {
                client.send(
                        method + " /drip HTTP/1.1\r\nHost: test\r\nContent-Length: 10000\r\n\r\n");
                long began = System.nanoTime();
                client.send("x".repeat(10));
                Response response = client.response();
                assertThat(response.status()).as(method).isEqualTo(408);
                assertThat(since(began)).isBetween(BODY.minusMillis(50), BODY.plusSeconds(5));
            }
        }
        assertThat(Files.exists(root.resolve("drip"))).isFalse();
    }

    @Test
    void aSlowBodyThatComesOnIsTaken() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("PUT /slow HTTP/1.1\r\nHost: test\r\nContent-Length: 4000\r\n\r\n");
            for (int i = 0; i < 40; i++) { // Four times the time that it may stand still.
                client.send("x".repeat(100));
                Thread.sleep(100);
            }
            assertThat(client.response().status()).isEqualTo(201);
        }
        assertThat(Files.size(root.resolve("slow"))).isEqualTo(4000);
    }

    @Test
    void whoTakesNothingOfAResponseIsLetGo() throws Exception {
        try (RawClient client = new RawClient(server.address(), 4096).get("/large")) {
            assertThat(client.responseToHead().status()).isEqualTo(200);
            long began = System.nanoTime();
            while (server.openFiles() > 0 && since(began).compareTo(Duration.ofSeconds(30)) < 0) {
                Thread.sleep(50);
            }
            assertThat(server.openFiles()).isZero();
        }
    }

    @Test
    void whoReadsSlowlyIsNot() throws Exception {
        byte[] some = new byte[64 * 1024];
        try (RawClient client = new RawClient(server.address(), 64 * 1024).get("/large")) {
            client.responseToHead();
            for (int i = 0; i < 50; i++) { // Three times as long as it might take nothing.
                assertThat(client.read(some, some.length)).isEqualTo(some.length);
                Content.check(some, some.length, (long) i * some.length);
                Thread.sleep(120);
            }
        }
    }

    @Test
    void tooManyConnectionsAreTold() throws Exception {
        try (TestServer few =
                new TestServer(
                        root, config -> config.withLimits(Limits.DEFAULT.withConnections(3)))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(few.connect().get("/a"));
                assertThat(clients.get(i).response().status()).isEqualTo(200);
            }
            Response refused = few.get("/a");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.text()).isEqualTo("503 Service Unavailable\n");
            assertThat(clients.get(0).get("/a").response().status()).isEqualTo(200);
            clients.get(0).close();
            long began = System.nanoTime();
            while (few.get("/a").status() != 200) {
                assertThat(since(began)).isLessThan(Duration.ofSeconds(10));
                Thread.sleep(20);
            }
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
