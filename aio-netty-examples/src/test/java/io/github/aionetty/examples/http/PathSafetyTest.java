// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Never a byte from outside of the root, and never a hang. */
@Timeout(60)
class PathSafetyTest {
    private static final String SECRET = "secret from outside";

    @TempDir Path temp;
    private Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(temp.resolve("secret.txt"), SECRET);
        Files.createDirectory(temp.resolve("root-beside"));
        Files.writeString(temp.resolve("root-beside/secret.txt"), SECRET);
        root = Files.createDirectory(temp.resolve("root"));
        Files.createDirectories(root.resolve("sub/deep"));
        Files.writeString(root.resolve("sub/file.txt"), "inside");
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/sub/../../secret.txt",
                "/sub/../sub/file.txt",
                "/..%2fsecret.txt",
                "/..%2Fsecret.txt",
                "/%2e%2e/secret.txt",
                "/%2E%2e%2fsecret.txt",
                "/%2e./secret.txt",
                "/.%2e/secret.txt",
                "/..%5csecret.txt",
                "/..\\secret.txt",
                "/%252e%252e/secret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/%c0%2e%c0%2e/secret.txt",
                "/%e0%80%ae%e0%80%ae/secret.txt",
                "/%uff0e%uff0e/secret.txt",
                "/..%00/secret.txt",
                "/sub/file.txt%00",
                "/sub/file.txt%00.html",
                "/....//secret.txt",
                "/..;/secret.txt",
                "/.../secret.txt",
                "//../secret.txt",
                "/./../secret.txt",
                "/%2f../secret.txt",
                "/sub/%2e%2e/%2e%2e/secret.txt",
                "/../root-beside/secret.txt",
                "/../root/sub/file.txt",
                "/etc/passwd",
                "//etc/passwd",
                "/%2fetc%2fpasswd",
                "/file:///etc/passwd",
                "/proc/self/environ",
                "http://test/../secret.txt",
                "http://test/%2e%2e/secret.txt",
                "../secret.txt",
                "secret.txt",
                "file:///etc/passwd",
                "/sub/..",
                "/sub/../",
                "/.."
            })
    void nothingLeadsUp(String target) throws Exception {
        Response response = server.get(target);
        assertThat(response.status()).isBetween(400, 499);
        assertThat(response.text()).doesNotContain(SECRET).doesNotContain("root:");
    }

    @Test
    void linksInsideAreFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("link.txt"), Path.of("sub/file.txt"));
        Files.createSymbolicLink(root.resolve("dir"), root.resolve("sub"));
        Files.createSymbolicLink(root.resolve("sub/deep/up"), Path.of("../../sub"));
        assertThat(server.get("/link.txt").text()).isEqualTo("inside");
        assertThat(server.get("/dir/file.txt").text()).isEqualTo("inside");
        assertThat(server.get("/sub/deep/up/file.txt").text()).isEqualTo("inside");
        assertThat(server.get("/dir").status()).isEqualTo(301);
    }

    @Test
    void linksOutAreNot() throws Exception {
        Files.createSymbolicLink(root.resolve("absolute"), temp.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../secret.txt"));
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("beside"), Path.of("../root-beside"));
        Files.createSymbolicLink(root.resolve("chain"), Path.of("relative"));
        Files.createSymbolicLink(root.resolve("top"), Path.of("/"));
        Files.createSymbolicLink(root.resolve("back"), Path.of("../root"));
        for (String target :
                List.of(
                        "/absolute",
                        "/relative",
                        "/up/",
                        "/up",
                        "/up/secret.txt",
                        "/beside",
                        "/beside/",
                        "/beside/secret.txt",
                        "/chain",
                        "/top/",
                        "/top/etc/passwd")) {
            for (String method : List.of("GET", "HEAD")) {
                try (RawClient client = server.connect()) {
                    client.send(method + " " + target + " HTTP/1.0\r\n\r\n");
                    assertThat(client.responseToHead().status())
                            .as("%s %s", method, target)
                            .isEqualTo(404);
                }
            }
        }
        assertThat(server.get("/back/sub/file.txt").text())
                .as("out and in again")
                .isEqualTo("inside");
        Files.delete(root.resolve("top")); // JUnit warns when it has to.
    }

    @Test
    void linksToNowhereAndInCirclesAreNotFound() throws Exception {
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("missing"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        assertThat(server.get("/dangling").status()).isEqualTo(404);
        assertThat(server.get("/loop").status()).isEqualTo(404);
        assertThat(server.get("/loop/x").status()).isEqualTo(404);
    }

    @Test
    void serviceGoesOnAfterAllThis() throws Exception {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.get("/../" + i).response().status()).isEqualTo(400);
            }
            assertThat(client.get("/sub/file.txt").response().text()).isEqualTo("inside");
        }
    }

    @Test
    void theRootItselfMayBeALink() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link-to-root"), root);
        try (TestServer linked = new TestServer(link)) {
            assertThat(linked.get("/sub/file.txt").text()).isEqualTo("inside");
        }
    }

    @Test
    void namesMayHoldAnythingButASlash() throws Exception {
        List<String> names =
                List.of(
                        "with space",
                        "100%",
                        "%41",
                        "a+b",
                        "a#b",
                        "a?b",
                        "ünï.txt",
                        "日本",
                        "q\"uo'te",
                        "<script>alert(1)<",
                        "&amp;",
                        "back\\slash",
                        "..dots",
                        "a:b",
                        "new\nline",
                        "tab\t",
                        "-dash",
                        "~",
                        "a;b=c",
                        "\ud83d\ude00");
        for (String name : names) {
            Files.write(root.resolve(name), name.getBytes(StandardCharsets.UTF_8));
        }
        String page = server.get("/").text();
        for (String name : names) {
            String link = Uris.segment(name);
            assertThat(server.get("/" + link).text()).as(name).isEqualTo(name);
            assertThat(page).contains("<a href=\"" + link + "\">" + Html.name(name) + "</a>");
        }
        assertThat(page).doesNotContain("<script");
    }
}
