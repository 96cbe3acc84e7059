// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT: a file that is there whole or not at all. */
@Timeout(60)
class UploadTest {
    @TempDir Path top;
    private Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(top.resolve("root"));
        Files.createDirectory(root.resolve("dir"));
        Files.writeString(root.resolve("old"), "old content");
        server = new TestServer(root, config -> config.withUpload(true));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String put(String target, int length, String... headers) {
        return "PUT "
                + target
                + " HTTP/1.1\r\nHost: test\r\nContent-Length: "
                + length
                + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "\r\n";
    }

    private static String chunked(String target) {
        return "PUT " + target + " HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private void awaitNothingIsLeft() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            assertThat(temporaries()).isEmpty();
                            assertThat(server.openFiles()).isZero();
                            assertThat(server.metrics())
                                    .allMatch(metrics -> metrics.inFlight() == 0);
                        });
    }

    @Test
    void makesAFileAndReplacesIt() throws Exception {
        try (RawClient client = server.connect()) {
            Response made = client.send(put("/dir/new.txt", 5) + "hello").responseToHead();
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.header("content-length")).isEqualTo("0");
            assertThat(client.get("/dir/new.txt").response().text()).isEqualTo("hello");

            Response replaced = client.send(put("/dir/new.txt", 3) + "bye").responseToHead();
            assertThat(replaced.status()).isEqualTo(204);
            assertThat(replaced.header("content-length")).isNull();
            Response got = client.get("/dir/new.txt").response();
            assertThat(got.text()).isEqualTo("bye");
            assertThat(replaced.header("etag")).isEqualTo(got.header("etag"));
            assertThat(replaced.header("last-modified")).isEqualTo(got.header("last-modified"));
        }
        assertThat(Files.readString(root.resolve("dir/new.txt"))).isEqualTo("bye");
        awaitNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_536, 1_000_000, 33_554_433})
    void storesEveryByte(int size) throws Exception {
        byte[] content = Content.bytes(0, size);
        for (boolean lengthKnown : new boolean[] {true, false}) {
            BodyPublishers.ofByteArray(content);
            var body =
                    lengthKnown
                            ? BodyPublishers.ofByteArray(content)
                            : BodyPublishers.ofInputStream(
                                    () -> new java.io.ByteArrayInputStream(content));
            var response =
                    java.net.http.HttpClient.newHttpClient()
                            .send(
                                    server.request("/sized").PUT(body).build(),
                                    BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(lengthKnown ? 201 : 204);
            assertThat(Files.readAllBytes(root.resolve("sized"))).isEqualTo(content);
        }
        awaitNothingIsLeft();
    }

    @Test
    void takesChunksAndTrailers() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(chunked("/c") + "3;ext=1\r\nabc\r\n")
                    .send("4\r\ndefg\r\n0\r\nT: x\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(201);
            assertThat(client.get("/c").response().text()).isEqualTo("abcdefg");
        }
    }

    @Test
    void pipelinedUploadsAreDoneInOrder() throws Exception {
        try (RawClient client = server.connect()) {
            StringBuilder packet = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                packet.append(put("/p", 2)).append((char) ('a' + i)).append('\n');
                packet.append("GET /p HTTP/1.1\r\nHost: test\r\n\r\n");
            }
            client.send(packet.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(client.responseToHead().status()).isEqualTo(i == 0 ? 201 : 204);
                assertThat(client.response().text()).isEqualTo((char) ('a' + i) + "\n");
            }
        }
    }

    @Test
    void saysContinueToWhoWaitsForIt() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(put("/e", 5, "Expect: 100-continue"));
            assertThat(client.responseToHead().status()).isEqualTo(100);
            client.send("hello");
            assertThat(client.responseToHead().status()).isEqualTo(201);
            assertThat(client.get("/e").response().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/dir, 409",
        "/dir/, 409",
        "/, 409",
        "/new/, 409",
        "/missing/x, 409",
        "/old/x, 409",
        "/../x, 400",
        "/.aio-netty-1.part, 404"
    })
    void saysNoBeforeTheBodyIsSent(String target, int status) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(put(target, 100_000_000, "Expect: 100-continue"));
            Response response = client.response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.atEnd()).isTrue();
        }
        awaitNothingIsLeft();
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("old content");
    }

    @Test
    void refusesWhatItWouldNotStoreAsItIs() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(put("/old", 3, "Content-Range: bytes 0-2/11") + "new");
            assertThat(client.response().status()).isEqualTo(400);
        }
        try (RawClient client = server.connect()) {
            client.send(put("/old", 3, "Content-Encoding: gzip") + "new");
            Response response = client.response();
            assertThat(response.status()).isEqualTo(415);
            assertThat(response.header("accept-encoding")).isEqualTo("identity");
        }
        try (RawClient client = server.connect()) {
            client.send(put("/old", 3, "Expect: 200-ok") + "new");
            assertThat(client.response().status()).isEqualTo(417);
        }
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("old content");
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        try (TestServer small =
                new TestServer(
                        root,
                        config ->
                                config.withUpload(true)
                                        .withLimits(Limits.DEFAULT.withUpload(1000)))) {
            try (RawClient client = small.connect()) {
                client.send(put("/old", 1001, "Expect: 100-continue"));
                assertThat(client.response().status()).isEqualTo(413);
            }
            try (RawClient client = small.connect()) {
                client.send(chunked("/old"));
                client.sendUntilRefused("64\r\n" + "x".repeat(100) + "\r\n", 11);
                assertThat(client.response().status()).isEqualTo(413);
                assertThat(client.atEnd()).isTrue();
            }
            try (RawClient client = small.connect()) {
                client.send(put("/most", 1000) + "x".repeat(1000));
                assertThat(client.response().status()).isEqualTo(201);
            }
        }
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("old content");
        awaitNothingIsLeft();
    }

    @Test
    void preconditionsDecide() throws Exception {
        String etag = server.get("/old").header("etag");
        try (RawClient client = server.connect()) {
            client.send(put("/old", 3, "If-None-Match: *", "Expect: 100-continue"));
            assertThat(client.response().status()).isEqualTo(412);
        }
        try (RawClient client = server.connect()) {
            client.send(put("/old", 3, "If-Match: \"other\"", "Expect: 100-continue"));
            assertThat(client.response().status()).isEqualTo(412);
        }
        try (RawClient client = server.connect()) {
            client.send(put("/new", 3, "If-Match: *", "Expect: 100-continue"));
            assertThat(client.response().status()).isEqualTo(412);
        }
        try (RawClient client = server.connect()) {
            client.send(put("/new", 3, "If-None-Match: *") + "new");
            assertThat(client.responseToHead().status()).isEqualTo(201);
            client.send(put("/old", 3, "If-Match: " + etag) + "two");
            assertThat(client.responseToHead().status()).isEqualTo(204);
            client.send(put("/old", 3, "If-Match: " + etag) + "bad");
            assertThat(client.responseToHead().status()).isEqualTo(412);
        }
        assertThat(Files.readString(root.resolve("new"))).isEqualTo("new");
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("two");
        awaitNothingIsLeft();
    }

    /** Both may begin; the one that ends second finds what the first has left. */
    @Test
    void ofTwoWhoReplaceTheSameStateOneIsRefused() throws Exception {
        String etag = server.get("/old").header("etag");
        try (RawClient first = server.connect();
                RawClient second = server.connect()) {
            first.send(put("/old", 6, "If-Match: " + etag) + "fir");
            second.send(put("/old", 6, "If-Match: " + etag) + "sec");
            await().until(() -> temporaries().size() == 2);
            first.send("st ");
            assertThat(first.responseToHead().status()).isEqualTo(204);
            second.send("ond");
            assertThat(second.response().status()).isEqualTo(412);
            first.send(put("/made", 4, "If-None-Match: *") + "on");
            second.send(put("/made", 4, "If-None-Match: *") + "tw");
            await().until(() -> temporaries().size() == 2);
            second.send("o ");
            assertThat(second.responseToHead().status()).isEqualTo(201);
            first.send("e ");
            assertThat(first.response().status()).isEqualTo(412);
        }
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("first ");
        assertThat(Files.readString(root.resolve("made"))).isEqualTo("two ");
        awaitNothingIsLeft();
    }

    @Test
    void whatIsBeingUploadedIsSeenByNobody() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(put("/old", 2_000_000) + "x".repeat(1_000_000));
            await().until(() -> !temporaries().isEmpty());
            String name = temporaries().get(0).getFileName().toString();
            assertThat(server.get("/" + name).status()).isEqualTo(404);
            assertThat(server.get("/").text()).contains("old").doesNotContain(".part");
            assertThat(server.get("/old").text()).isEqualTo("old content");
            client.reset();
        }
        long aborted = System.nanoTime();
        await().until(() -> temporaries().isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - aborted)).isLessThan(Duration.ofSeconds(1));
        assertThat(server.get("/old").text()).isEqualTo("old content");
        awaitNothingIsLeft();
    }

    @Test
    void brokenChunksLeaveTheOldFile() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(chunked("/old") + "5\r\nhello\r\nxyz\r\n");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.atEnd()).isTrue();
        }
        try (RawClient client = server.connect()) {
            client.send(chunked("/old") + "5\r\nhello\r\n").shutdownOutput();
            assertThat(client.atEnd()).isTrue();
        }
        awaitNothingIsLeft();
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("old content");
    }

    @Test
    void replacesALinkAndNothingOutside() throws Exception {
        Path outside = Files.createDirectory(top.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        try (RawClient client = server.connect()) {
            client.send(put("/link", 3) + "new");
            assertThat(client.responseToHead().status()).isEqualTo(204);
            client.send(put("/way-out/new", 3) + "new");
            assertThat(client.response().status()).isEqualTo(409);
        }
        assertThat(Files.isSymbolicLink(root.resolve("link"))).isFalse();
        assertThat(Files.readString(root.resolve("link"))).isEqualTo("new");
        assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
        assertThat(outside.toFile().list()).containsExactly("secret");
    }

    @Test
    void isNotAllowedUnlessAskedFor() throws Exception {
        try (TestServer readOnly = new TestServer(root);
                RawClient client = readOnly.connect()) {
            client.send(put("/old", 3) + "new");
            assertThat(client.response().status()).isEqualTo(405);
        }
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("old content");
        try (RawClient client = server.connect()) {
            client.send("OPTIONS /old HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.responseToHead().header("allow"))
                    .isEqualTo("GET, HEAD, OPTIONS, PUT");
        }
    }

    @Test
    void manyAbortedUploadsLeaveNothing() throws Exception {
        for (int i = 0; i < 100; i++) {
            RawClient client = server.connect();
            client.send(put("/old", 1_000_000) + "x".repeat(i * 5000));
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }
        awaitNothingIsLeft();
        assertThat(server.get("/old").text()).isEqualTo("old content");
    }
}
