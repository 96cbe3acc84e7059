// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryPageTest {
    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsDirectoriesFirstThenNames() throws Exception {
        Files.createDirectories(root.resolve("zoo"));
        Files.createDirectories(root.resolve("Alpha"));
        Files.writeString(root.resolve("b.txt"), "x".repeat(1536));
        Files.writeString(root.resolve("A.txt"), "");
        Files.createSymbolicLink(root.resolve("c-link"), Path.of("b.txt"));
        Files.createSymbolicLink(root.resolve("d-link"), Path.of("zoo"));
        Files.createSymbolicLink(root.resolve("outside"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
        Files.setLastModifiedTime(
                root.resolve("b.txt"), FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
        Response response = server.get("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(links(response))
                .containsExactly("Alpha/", "d-link/", "zoo/", "A.txt", "b.txt", "c-link");
        assertThat(response.text())
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Index of /</title>")
                .contains("1.5 KiB")
                .contains(">2020-01-02 03:04</time>")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("<script")
                .doesNotContain("../");
        Files.delete(root.resolve("outside")); // JUnit warns when it has to.
    }

    @Test
    void aSubdirectoryLinksToItsParent() throws Exception {
        Files.createDirectories(root.resolve("a b/<i>"));
        Response page = server.get("/a%20b/%3Ci%3E/");
        assertThat(page.text()).contains("<h1>Index of /a b/&lt;i&gt;/</h1>");
        assertThat(links(page)).containsExactly("../");
        assertThat(page.text()).contains("Nothing here.");
        assertThat(links(server.get("/a%20b/"))).containsExactly("../", "%3Ci%3E/");
    }

    private static List<String> links(Response response) {
        List<String> links = new ArrayList<>();
        Matcher link = Pattern.compile("<a href=\"([^\"]*)\">").matcher(response.text());
        while (link.find()) {
            links.add(link.group(1));
        }
        return links;
    }

    @ParameterizedTest
    @CsvSource({
        "/dir, /dir/",
        "/dir?a=b&c=%20, /dir/?a=b&c=%20",
        "//dir, /dir/",
        "///dir?x, /dir/?x",
        "/./dir, /dir/",
        "/d%69r, /dir/",
        "http://elsewhere/dir, /dir/",
        "/sp%20ace, /sp%20ace/"
    })
    void redirectsToTheSlash(String target, String location) throws Exception {
        Files.createDirectories(root.resolve("dir"));
        Files.createDirectories(root.resolve("sp ace"));
        Response response = server.get(target);
        assertThat(response.status()).isEqualTo(301);
        assertThat(response.header("location")).isEqualTo(location);
    }

    @Test
    void neverRedirectsToAnotherHost() throws Exception {
        Files.createDirectories(root.resolve("evil.example/x"));
        Files.createDirectories(root.resolve("\\evil.example"));
        assertThat(server.get("//evil.example/x").header("location")).isEqualTo("/evil.example/x/");
        assertThat(server.get("//evil.example").header("location")).isEqualTo("/evil.example/");
        assertThat(server.get("/%5Cevil.example").header("location"))
                .isEqualTo("/%5Cevil.example/");
        assertThat(server.get("//evil.example/").status()).isEqualTo(200);
    }

    @Test
    void showsThousandsOfNames() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(root.resolve("file-" + i));
        }
        assertThat(links(server.get("/"))).hasSize(3000);
    }
}
