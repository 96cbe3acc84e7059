// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 304 and If-Range, from the outside. */
class ConditionalRequestsTest {
    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Content.file(root.resolve("small.txt"), 1000);
        Files.createFile(root.resolve("empty"));
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answers304WhenNothingHasChanged() throws Exception {
        Response first = server.get("/small.txt");
        String etag = first.header("etag");
        String date = first.header("last-modified");
        for (String header :
                List.of(
                        "If-None-Match: " + etag,
                        "If-None-Match: W/" + etag,
                        "If-None-Match: \"x\", " + etag,
                        "If-None-Match: *",
                        "If-Modified-Since: " + date)) {
            try (RawClient client = server.connect()) {
                Response again = client.get("/small.txt", header).response();
                assertThat(again.status()).as(header).isEqualTo(304);
                assertThat(again.header("etag")).isEqualTo(etag);
                assertThat(again.header("last-modified")).isEqualTo(date);
                assertThat(again.header("date")).isNotNull();
                assertThat(client.head("/empty").responseToHead().status())
                        .as("nothing followed")
                        .isEqualTo(200);
            }
        }
        assertThat(server.get("/small.txt", "If-None-Match: \"x\"").status()).isEqualTo(200);
    }

    @Test
    void aChangedFileHasOtherValidators() throws Exception {
        Path file = root.resolve("small.txt");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05.5Z")));
        Response before = server.get("/small.txt");
        assertThat(before.header("last-modified")).isEqualTo("Thu, 02 Jan 2020 03:04:05 GMT");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05.6Z")));
        Response after = server.get("/small.txt", "If-None-Match: " + before.header("etag"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("etag")).isNotEqualTo(before.header("etag"));
    }

    /** RFC 9110, 13.1: it is there, but no tag matches it, and it has no date. */
    @Test
    void aDirectoryPageHasNoValidators() throws Exception {
        assertThat(server.get("/", "If-None-Match: *").status()).isEqualTo(304);
        assertThat(server.get("/", "If-None-Match: \"x\"").status()).isEqualTo(200);
        assertThat(server.get("/", "If-Match: *").status()).isEqualTo(200);
        assertThat(server.get("/", "If-Match: \"x\"").status()).isEqualTo(412);
        String date = "Thu, 02 Jan 2020 03:04:06 GMT";
        assertThat(server.get("/", "If-Modified-Since: " + date).status()).isEqualTo(200);
        assertThat(server.get("/", "If-Unmodified-Since: " + date).status()).isEqualTo(200);
    }

    @Test
    void ifRangeGuardsTheRange() throws Exception {
        Files.setLastModifiedTime(
                root.resolve("small.txt"), FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
        Response whole = server.get("/small.txt");
        String range = "Range: bytes=1-2";
        String etag = whole.header("etag");
        String date = whole.header("last-modified");
        assertThat(server.get("/small.txt", range, "If-Range: " + etag).status()).isEqualTo(206);
        assertThat(server.get("/small.txt", range, "If-Range: " + date).status()).isEqualTo(206);
        assertThat(server.get("/small.txt", range, "If-Range: W/" + etag).status()).isEqualTo(200);
        assertThat(server.get("/small.txt", range, "If-Range: \"x\"").status()).isEqualTo(200);
        assertThat(
                        server.get("/small.txt", range, "If-Range: Thu, 02 Jan 2020 03:04:06 GMT")
                                .status())
                .isEqualTo(200);
    }
}
