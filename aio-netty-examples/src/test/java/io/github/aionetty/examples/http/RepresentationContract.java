// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.ByteRangesParts.Part;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110: preconditions and several ranges, on whatever transport. */
@Timeout(60)
abstract class RepresentationContract {
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
    @CsvSource({
        "small.txt, 0-0 5-6",
        "small.txt, 990-999 0-9 500-500",
        "large.bin, 0-0 1000002-1000002",
        "large.bin, 70000-140000 0-65535 999999-1000002",
        "large.bin, 131073-393217 1-131071 500000-999999"
    })
    void sendsSeveralRanges(String name, String ranges) throws Exception {
        try (RawClient client = server.connect()) {
            String header = "Range: bytes=" + ranges.replace(" ", ",");
            Response response = client.get("/" + name, header).response();
            long size = Files.size(root.resolve(name));
            List<Part> parts = ByteRangesParts.of(response);
            assertThat(parts)
                    .extracting(Part::range)
                    .containsExactly(
                            Arrays.stream(ranges.split(" "))
                                    .map(range -> "bytes " + range + "/" + size)
                                    .toArray(String[]::new));
            for (Part part : parts) {
                assertThat(part.contentType()).isEqualTo(MediaTypes.of(name));
                long first = Long.parseLong(part.range().split("[ -]")[1]);
                long last = Long.parseLong(part.range().split("[-/]")[1]);
                assertThat(part.bytes()).hasSize((int) (last - first + 1));
                Content.check(part.bytes(), part.bytes().length, first);
            }
            assertThat(response.header("accept-ranges")).isEqualTo("bytes");
            assertThat(response.header("etag")).isNotNull();
            assertThat(response.header("last-modified")).isNotNull();
            assertThat(client.get("/small.txt").response().body())
                    .as("the length was exact")
                    .isEqualTo(Content.bytes(0, SMALL));
        }
        assertNothingIsOpen();
    }

    private void assertNothingIsOpen() {
        // Closed by helpers, after the answer.
        await().untilAsserted(() -> assertThat(server.openFiles()).isZero());
    }

    @Test
    void sendsAsManyRangesAsItTakes() throws Exception {
        String ranges =
                IntStream.range(0, RangeHeader.MAX_RANGES)
                        .mapToObj(i -> i * 15_000 + "-" + (i * 15_000 + i * 10))
                        .collect(Collectors.joining(","));
        List<Part> parts = ByteRangesParts.of(server.get("/large.bin", "Range: bytes=" + ranges));
        assertThat(parts).hasSize(RangeHeader.MAX_RANGES);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).bytes()).isEqualTo(Content.bytes(i * 15_000L, i * 10 + 1));
        }
        Response whole = server.get("/large.bin", "Range: bytes=" + ranges + ",999999-");
        assertThat(whole.status()).as("one too many").isEqualTo(200);
        assertThat(whole.body()).hasSize(LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "'0-9,10-19', 0, 20",
        "'5-9,0-5', 0, 10",
        "'0-9,2000-', 0, 10",
        "'-0,-1', 999, 1",
        "'0-,0-', 0, 1000"
    })
    void sendsWhatIsOneRangeInTheEndAsOne(String ranges, int first, int length) throws Exception {
        Response response = server.get("/small.txt", "Range: bytes=" + ranges);
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.header("content-range"))
                .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/1000");
        assertThat(response.body()).isEqualTo(Content.bytes(first, length));
    }

    @ParameterizedTest
    @CsvSource({"small.txt, 1000", "empty, 0"})
    void answers416OnlyWhenNoRangeIsThere(String name, int size) throws Exception {
        Response response = server.get("/" + name, "Range: bytes=1000-,2000-3000,-0");
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("content-range")).isEqualTo("bytes */" + size);
        assertThat(response.header("accept-ranges")).isEqualTo("bytes");
    }

    @Test
    void ifRangeGuardsSeveralToo() throws Exception {
        String etag = server.get("/small.txt").header("etag");
        String ranges = "Range: bytes=0-1,5-6";
        Response same = server.get("/small.txt", ranges, "If-Range: " + etag);
        assertThat(ByteRangesParts.of(same)).hasSize(2);
        assertThat(server.get("/small.txt", ranges, "If-Range: \"x\"").body()).hasSize(SMALL);
    }

    @Test
    void headIgnoresSeveralToo() throws Exception {
        try (RawClient client = server.connect()) {
            Response head = client.head("/small.txt", "Range: bytes=0-1,5-6").responseToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("1000");
        }
    }

    @Test
    void eachResponseHasItsOwnBoundary() throws Exception {
        String range = "Range: bytes=0-1,5-6";
        assertThat(server.get("/small.txt", range).header("content-type"))
                .isNotEqualTo(server.get("/small.txt", range).header("content-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Match: \"x\"",
                "If-Match: W/\"x\"",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"
            })
    void answers412(String condition) throws Exception {
        try (RawClient client = server.connect()) {
            Response response = client.get("/small.txt", condition, "Range: bytes=0-1").response();
            assertThat(response.status()).isEqualTo(412);
            assertThat(response.header("content-length")).isEqualTo("0");
            assertThat(response.header("etag")).isNotNull();
            assertThat(client.head("/small.txt", condition).responseToHead().headers())
                    .contains("content-length: 0");
            assertThat(client.get("/small.txt", "If-Match: *").response().status()).isEqualTo(200);
            assertThat(client.get("/missing", "If-Match: *").response().status())
                    .as("what would fail without fails as without")
                    .isEqualTo(404);
        }
    }
}
