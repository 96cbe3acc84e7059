// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.ByteRangesParts.Part;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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

/** RFC 9110: preconditions, several ranges, and compressed neighbours, on whatever transport. */
@Timeout(60)
abstract class RepresentationContract {
    private static final int SMALL = 1000;
    private static final int LARGE = 1_000_003; // Direct, with an end that no block size divides.
    private static final FileTime BUILT = FileTime.from(Instant.parse("2020-01-02T03:04:05.5Z"));
    private static final String ALL = "Accept-Encoding: gzip, deflate, br, zstd";

    @TempDir Path temp;
    private Path root;
    private TestServer server;

    abstract Transport transport();

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(temp.resolve("root"));
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
            assertThat(response.header("vary")).isEqualTo("accept-encoding");
            assertThat(client.head("/small.txt", condition).responseToHead().headers())
                    .contains("content-length: 0");
            assertThat(client.get("/small.txt", "If-Match: *").response().status()).isEqualTo(200);
            assertThat(client.get("/missing", "If-Match: *").response().status())
                    .as("what would fail without fails as without")
                    .isEqualTo(404);
        }
    }

    /**
     * {@code x.js} of 10 bytes, and neighbours that are as old, and whose content is their name.
     */
    private void build(String... extensions) throws Exception {
        Files.setLastModifiedTime(Content.file(root.resolve("x.js"), 10), BUILT);
        for (String extension : extensions) {
            neighbour("x.js." + extension);
        }
    }

    private Path neighbour(String name) throws Exception {
        Path path = Files.writeString(root.resolve(name), "content of " + name);
        return Files.setLastModifiedTime(path, BUILT);
    }

    @ParameterizedTest
    @CsvSource({
        "br zst gz, 'gzip, deflate, br, zstd', br, br",
        "zst gz, 'gzip, deflate, br, zstd', zst, zstd",
        "gz, 'gzip, deflate, br, zstd', gz, gzip",
        "br zst gz, 'gzip', gz, gzip",
        "br zst gz, 'br;q=0.5, gzip', gz, gzip",
        "br, 'br;q=0.5, gzip', br, br",
        "br zst gz, '*;q=0.1', br, br",
        "br zst gz, '*, br;q=0', zst, zstd",
        "br gz, 'br;q=0, x-gzip', gz, gzip"
    })
    void sendsACompressedNeighbour(String there, String accepted, String extension, String coding)
            throws Exception {
        build(there.split(" "));
        String header = "Accept-Encoding: " + accepted;
        try (RawClient client = server.connect()) {
            Response response = client.get("/x.js", header).response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("content of x.js." + extension);
            assertThat(response.header("content-encoding")).isEqualTo(coding);
            assertThat(response.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
            assertThat(response.header("vary")).isEqualTo("accept-encoding");
            assertThat(response.header("etag")).matches("\"[0-9a-f-]+-" + coding + "\"");
            Response head = client.head("/x.js", header).responseToHead();
            assertThat(withoutDate(head)).isEqualTo(withoutDate(response));
            assertThat(client.get("/x.js").response().body()).isEqualTo(Content.bytes(0, 10));
        }
        assertNothingIsOpen();
    }

    private static List<String> withoutDate(Response response) {
        return response.headers().stream().filter(line -> !line.startsWith("date:")).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Accept-Encoding: ",
                "Accept-Encoding: deflate",
                "Accept-Encoding: identity",
                "Accept-Encoding: gzip;q=0, br;q=0, zstd;q=0",
                "Accept-Encoding: identity;q=0",
                "Accept-Encoding: *;q=0",
                "Accept-Encoding: gzip;q=0.5, identity"
            })
    void sendsTheFileAsItIsToWhoPrefersItOrTakesNothing(String header) throws Exception {
        build("br", "zst", "gz");
        Response response = server.get("/x.js", header);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Content.bytes(0, 10));
        assertThat(response.header("content-encoding")).isNull();
        assertThat(response.header("vary")).isEqualTo("accept-encoding");
    }

    @Test
    void aNeighbourThatIsOlderOrNoFileIsNone() throws Exception {
        build();
        assertIdentity("there is none");
        Files.writeString(temp.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("x.js.br"), temp.resolve("secret"));
        Files.createDirectory(root.resolve("x.js.zst"));
        Path gz = neighbour("x.js.gz");
        Files.setLastModifiedTime(gz, FileTime.from(BUILT.toInstant().minusNanos(1_000_000)));
        assertIdentity("a link, a directory, and an earlier state");
        Files.delete(root.resolve("x.js.br"));
        Files.createSymbolicLink(root.resolve("x.js.br"), Path.of("small.txt"));
        assertIdentity("nor a link that stays inside");
        Files.setLastModifiedTime(gz, FileTime.from(BUILT.toInstant().plusSeconds(1)));
        assertThat(server.get("/x.js", ALL).header("content-encoding")).isEqualTo("gzip");
        assertNothingIsOpen();
    }

    private void assertIdentity(String why) throws Exception {
        Response response = server.get("/x.js", ALL);
        assertThat(response.status()).as(why).isEqualTo(200);
        assertThat(response.header("content-encoding")).as(why).isNull();
        assertThat(response.body()).as(why).isEqualTo(Content.bytes(0, 10));
    }

    @Test
    void aNeighbourThatCannotBeReadIsPassedOver() throws Exception {
        build("br", "gz");
        Files.setPosixFilePermissions(
                root.resolve("x.js.br"), PosixFilePermissions.fromString("---------"));
        Response response = server.get("/x.js", ALL);
        assertThat(response.status()).isEqualTo(200);
        // Root may read everything.
        assertThat(response.header("content-encoding"))
                .isEqualTo(Files.isReadable(root.resolve("x.js.br")) ? "br" : "gzip");
    }

    @Test
    void aNeighbourLiesBesideTheNameThatWasAskedFor() throws Exception {
        build("gz");
        Files.createDirectory(root.resolve("sub"));
        Files.createSymbolicLink(root.resolve("sub/latest.js"), Path.of("../x.js"));
        Response response = server.get("/sub/latest.js", ALL);
        assertThat(response.header("content-encoding")).as("not beside x.js").isNull();
        assertThat(response.body()).isEqualTo(Content.bytes(0, 10));
        neighbour("sub/latest.js.gz");
        response = server.get("/sub/latest.js", ALL);
        assertThat(response.header("content-encoding")).isEqualTo("gzip");
        assertThat(response.text()).isEqualTo("content of sub/latest.js.gz");
        assertThat(response.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void theNeighbourItselfIsAFileAsAnyOther() throws Exception {
        build("gz");
        neighbour("x.js.gz.gz");
        Response response = server.get("/x.js.gz", ALL);
        assertThat(response.text()).isEqualTo("content of x.js.gz");
        assertThat(response.header("content-type")).isEqualTo("application/gzip");
        assertThat(response.header("content-encoding")).isNull();
        assertThat(response.header("vary")).isNull();
    }

    @Test
    void whatIsCompressedAlreadyHasNoNeighbours() throws Exception {
        Content.file(root.resolve("a.jpg"), 10);
        neighbour("a.jpg.br");
        Response response = server.get("/a.jpg", ALL);
        assertThat(response.body()).isEqualTo(Content.bytes(0, 10));
        assertThat(response.header("vary")).isNull();
    }

    @Test
    void eachRepresentationIsValidatedByItself() throws Exception {
        build("br");
        String identity = server.get("/x.js").header("etag");
        String coded = server.get("/x.js", ALL).header("etag");
        assertThat(coded).isNotEqualTo(identity);
        Response unchanged = server.get("/x.js", ALL, "If-None-Match: " + coded);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("etag")).isEqualTo(coded);
        assertThat(unchanged.header("vary")).isEqualTo("accept-encoding");
        assertThat(unchanged.header("content-encoding")).isNull();
        assertThat(server.get("/x.js", ALL, "If-None-Match: " + identity).status()).isEqualTo(200);
        assertThat(server.get("/x.js", "If-None-Match: " + coded).status()).isEqualTo(200);
        assertThat(server.get("/x.js", "If-None-Match: " + identity).status()).isEqualTo(304);
        assertThat(server.get("/x.js", ALL, "If-Match: " + identity).status()).isEqualTo(412);
    }

    @Test
    void rangesAreOfTheCodedBytes() throws Exception {
        build("br");
        String etag = server.get("/x.js", ALL).header("etag");
        Response one = server.get("/x.js", ALL, "Range: bytes=11-14", "If-Range: " + etag);
        assertThat(one.status()).isEqualTo(206);
        assertThat(one.text()).isEqualTo("x.js");
        assertThat(one.header("content-encoding")).isEqualTo("br");
        assertThat(one.header("content-range")).isEqualTo("bytes 11-14/18");
        List<Part> parts = ByteRangesParts.of(server.get("/x.js", ALL, "Range: bytes=0-1,11-14"));
        assertThat(parts)
                .extracting(Part::range, Part::coding, part -> new String(part.bytes()))
                .containsExactly(
                        tuple("bytes 0-1/18", "br", "co"), tuple("bytes 11-14/18", "br", "x.js"));
        assertThat(server.get("/x.js", ALL, "Range: bytes=18-").header("content-range"))
                .isEqualTo("bytes */18");
    }

    @Test
    void aLargeNeighbourGoesPastThePageCacheToo() throws Exception {
        Files.setLastModifiedTime(Content.file(root.resolve("y.txt"), 10), BUILT);
        Content.file(root.resolve("y.txt.gz"), LARGE);
        Response response = server.get("/y.txt", ALL);
        assertThat(response.header("content-encoding")).isEqualTo("gzip");
        assertThat(response.body()).isEqualTo(Content.bytes(0, LARGE));
    }
}
