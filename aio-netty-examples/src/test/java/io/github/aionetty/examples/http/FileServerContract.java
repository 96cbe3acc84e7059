// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of files, on whatever transport. */
abstract class FileServerContract {
    private static final int SMALL = 1000;
    private static final int LARGE = 1_000_003; // Direct, with an end that no block size divides.

    @TempDir Path root;
    private TestServer server;

    abstract Transport transport();

    @BeforeEach
    void start() throws Exception {
        Content.file(root.resolve("small.txt"), SMALL);
        Content.file(root.resolve("large.bin"), LARGE);
        Files.createFile(root.resolve("empty"));
        server = new TestServer(root, 2, transport());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"small.txt, 1000", "large.bin, 1000003", "empty, 0"})
    void sendsAWholeFile(String name, int size) throws Exception {
        HttpResponse<byte[]> response = server.fetch("/" + name);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Content.bytes(0, size));
        assertThat(response.headers().firstValue("accept-ranges")).hasValue("bytes");
        assertThat(response.headers().firstValue("content-length")).hasValue("" + size);
        assertThat(response.headers().firstValue("etag").orElseThrow())
                .matches("\"[0-9a-f]+-[0-9a-f]+-[0-9a-f]+\"");
        assertThat(response.headers().firstValue("last-modified").orElseThrow()).endsWith(" GMT");
        assertThat(response.headers().firstValue("date").orElseThrow()).endsWith(" GMT");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void namesTheMediaType() throws Exception {
        assertThat(server.get("/small.txt").header("content-type"))
                .isEqualTo("text/plain; charset=utf-8");
        assertThat(server.get("/empty").header("content-type"))
                .isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small.txt", "/large.bin", "/empty", "/", "/missing"})
    void headHasTheHeadersOfGet(String target) throws Exception {
        try (RawClient client = server.connect()) {
            Response get = client.get(target).response();
            Response head = client.head(target).responseToHead();
            assertThat(head.status()).isEqualTo(get.status());
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            assertThat(client.get("/empty").response().status())
                    .as("nothing followed the head")
                    .isEqualTo(200);
        }
    }

    private static List<String> withoutDate(Response response) {
        return response.headers().stream().filter(line -> !line.startsWith("date:")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "small.txt, 0-0, 0, 1",
        "small.txt, 999-, 999, 1",
        "small.txt, -1, 999, 1",
        "small.txt, 0-5000, 0, 1000",
        "small.txt, 511-512, 511, 2",
        "large.bin, 0-131071, 0, 131072",
        "large.bin, 131071-131072, 131071, 2",
        "large.bin, 1-, 1, 1000002",
        "large.bin, 4095-4096, 4095, 2",
        "large.bin, 262143-524288, 262143, 262146",
        "large.bin, -3, 1000000, 3",
        "large.bin, 1000002-1000002, 1000002, 1",
        "large.bin, 1000000-2000000, 1000000, 3",
        "large.bin, -9999999, 0, 1000003"
    })
    void sendsARange(String name, String range, int first, int length) throws Exception {
        Response response = server.get("/" + name, "Range: bytes=" + range);
        long size = Files.size(root.resolve(name));
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("content-range"))
                .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/" + size);
        assertThat(response.header("content-length")).isEqualTo("" + length);
        assertThat(response.body()).isEqualTo(Content.bytes(first, length));
    }

    @ParameterizedTest
    @CsvSource({
        "small.txt, 1000-, 1000",
        "small.txt, 5000-6000, 1000",
        "small.txt, -0, 1000",
        "empty, 0-, 0",
        "empty, 0-0, 0",
        "large.bin, 1000003-, 1000003"
    })
    void answers416(String name, String range, long size) throws Exception {
        Response response = server.get("/" + name, "Range: bytes=" + range);
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("content-range")).isEqualTo("bytes */" + size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,6-5", "bytes=5-1", "lines=0-1", "bytes=x"})
    void ignoresRangesItDoesNotTake(String range) throws Exception {
        Response response = server.get("/small.txt", "Range: " + range);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).hasSize(SMALL);
    }

    @Test
    void ignoresARangeOfHead() throws Exception {
        try (RawClient client = server.connect()) {
            Response head = client.head("/small.txt", "Range: bytes=0-1").responseToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("1000");
        }
    }

    @Test
    void answers404AndGoesOn() throws Exception {
        try (RawClient client = server.connect()) {
            Response missing = client.get("/missing").response();
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.text()).isEqualTo("404 Not Found\n");
            assertThat(missing.header("content-type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(client.get("/small.txt/").response().status()).isEqualTo(404);
            assertThat(client.get("/small.txt/x").response().status()).isEqualTo(404);
            assertThat(client.get("/" + "n".repeat(300)).response().status()).isEqualTo(404);
            assertThat(client.get("/small.txt").response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"})
    void allowsNoOtherMethods(String method) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(method + " /small.txt HTTP/1.1\r\nHost: test\r\n\r\n");
            Response response = client.response();
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(client.get("/small.txt").response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small.txt", "*"})
    void saysWhatItAllows(String target) throws Exception {
        try (RawClient client = server.connect()) {
            client.send("OPTIONS " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
            Response response = client.responseToHead();
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(response.header("content-length")).isNull();
            assertThat(client.get("/small.txt").response().status()).isEqualTo(200);
        }
    }

    @Test
    void sendsTheSameFileToManyAtOnce() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(server.connect().get("/large.bin"));
        }
        for (RawClient client : clients) {
            assertThat(client.response().body()).isEqualTo(Content.bytes(0, LARGE));
            client.close();
        }
    }
}
