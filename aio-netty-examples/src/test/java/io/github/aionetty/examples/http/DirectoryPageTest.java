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
                .contains("<p>3 folders, 3 files, <span title=\"3,072 bytes\">3.0 KiB</span></p>")
                .contains("<td title=\"1,536 bytes\">1.5 KiB</td>")
                .contains("<time datetime=\"2020-01-02T03:04:05Z\">2020-01-02 03:04</time>")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("<script")
                .doesNotContain("../");
        Files.delete(root.resolve("outside")); // JUnit warns when it has to.
    }

    @Test
    void aSubdirectoryLinksToItsParent() throws Exception {
        Files.createDirectories(root.resolve("a b/<i>"));
        Response page = server.get("/a%20b/%3Ci%3E/");
        assertThat(page.text())
                .contains("<title>Index of /a b/&lt;i&gt;/</title>")
                .contains("<li><a href=\"../../\">Index of /</a></li>")
                .contains("<li><a href=\"../\"><bdi>a b</bdi>/</a></li>")
                .contains("<li><h1 aria-current=\"page\"><bdi>&lt;i&gt;</bdi>/</h1></li>")
                .contains("This folder is empty.");
        assertThat(links(page)).containsExactly("../");
        assertThat(links(server.get("/a%20b/"))).containsExactly("../", "%3Ci%3E/");
    }

    private static List<String> links(Response response) {
        List<String> links = new ArrayList<>();
        Matcher link = Pattern.compile("<td[^>]*><a href=\"([^\"]*)\">").matcher(response.text());
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
    void sortsAsTheQuerySaysAndKeepsThatInLinks() throws Exception {
        Files.createDirectories(root.resolve("sub/deep"));
        Files.writeString(root.resolve("sub/1"), "a");
        Files.writeString(root.resolve("sub/2"), "abc");
        Files.writeString(root.resolve("sub/10"), "ab");
        assertThat(links(server.get("/sub/"))).containsExactly("../", "deep/", "1", "2", "10");
        String query = "?sort=size&amp;order=desc";
        Response page = server.get("/sub/?sort=size&order=desc");
        assertThat(links(page)).containsExactly("../" + query, "deep/" + query, "2", "10", "1");
        assertThat(page.text())
                .contains("<li><a href=\"../" + query + "\">Index of /</a></li>")
                .contains(
                        "<th scope=\"col\" aria-sort=\"descending\"><a rel=\"nofollow\""
                                + " href=\"?sort=size&amp;order=asc\">Size</a></th>")
                .contains(
                        "<th scope=\"col\"><a rel=\"nofollow\""
                                + " href=\"?sort=name&amp;order=asc\">Name</a></th>")
                .containsOnlyOnce(" aria-sort=\"");
        assertThat(links(server.get("/sub/?sort=%zz&order=\"><script>")))
                .containsExactly("../", "deep/", "1", "2", "10");
    }

    @Test
    void headHasTheHeadersOfGet() throws Exception {
        Files.createDirectories(root.resolve("a"));
        for (String target : List.of("/", "/a/?sort=modified&order=desc")) {
            try (RawClient client = server.connect()) {
                client.send("HEAD " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
                Response head = client.responseToHead();
                Response get = client.get(target).response();
                for (String name :
                        List.of(
                                "content-type",
                                "content-length",
                                "cache-control",
                                "content-security-policy")) {
                    assertThat(head.header(name)).as(name).isNotNull().isEqualTo(get.header(name));
                }
            }
        }
    }

    @Test
    void namesThatAreNotUtf8AreShownWithoutALink() throws Exception {
        new ProcessBuilder("sh", "-c", "printf x >\"$(printf 'a\\377')\"; printf y >'b\ufffd'")
                .directory(root.toFile())
                .inheritIO()
                .start()
                .waitFor();
        Response page = server.get("/");
        assertThat(links(page)).containsExactly("b%EF%BF%BD");
        assertThat(page.text()).contains("<td><span><bdi>a\ufffd</bdi> <small>(not UTF-8");
        assertThat(server.get("/b%EF%BF%BD").text()).isEqualTo("y");
    }

    @Test
    void showsTenThousandNamesAndSaysThatThereAreMore() throws Exception {
        int names = DirectoryResponder.MAX_ENTRIES + 1;
        for (int i = 0; i < names; i++) {
            Files.createFile(root.resolve("a rather ordinary name of a photo " + i + ".jpg"));
        }
        Response page = server.get("/");
        assertThat(links(page)).hasSize(DirectoryResponder.MAX_ENTRIES);
        assertThat(page.text())
                .contains("<p>10,000 files, <span>0 B</span></p>")
                .contains("only 10,000 of its 10,001 names are shown");
        assertThat(page.text().length()).isLessThan(2_500_000);
    }
}
