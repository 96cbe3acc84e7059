// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** Files in a real browser: downloads of all names, a video by its ranges. */
@Timeout(120)
class BrowserFilesTest {
    private static final String MEDIA = "/deep%20%3Ci%3E/media/";

    @TempDir static Path temp;
    private static Path root;
    private static TestServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        root = Files.createDirectory(temp.resolve("root"));
        NastyNames.create(root);
        Files.createDirectory(root.resolve("deep <i>"));
        Path media = Files.createDirectory(root.resolve("deep <i>/media"));
        Files.writeString(media.resolve("video.html"), Media.player("clip.mp4"));
        Files.writeString(media.resolve("sound.html"), Media.player("long.wav"));
        Files.write(media.resolve("clip.mp4"), Media.clip());
        Files.write(media.resolve("long.wav"), Media.wav(200));
        browser = Browser.start(temp);
        server = new TestServer(root);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void reset() {
        browser.reset();
    }

    @AfterEach
    void noComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + server.address().getPort() + path;
    }

    @Test
    void nastyNamesAreShownAndDownloaded() throws Exception {
        Path downloads = Files.createDirectory(temp.resolve("downloads"));
        browser.devTools(
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allowAndName", "downloadPath", downloads.toString()));
        browser.open(url("/"));
        // innerText has what is seen, blanks included.
        assertThat(
                        (List<?>)
                                browser.run(
                                        "return [...document.querySelectorAll('td bdi')]"
                                                + ".map(name => name.innerText)"))
                .hasSize(NastyNames.ALL.size() + 1)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsAll(NastyNames.ALL.values());
        for (WebElement link : browser.findAll("td a:not([href*='/'])")) {
            link.click();
        }
        Set<String> expected = new TreeSet<>();
        NastyNames.ALL.keySet().forEach(name -> expected.add(NastyNames.content(name)));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(contents(downloads)).isEqualTo(expected));
        assertThat(browser.url()).isEqualTo(url("/"));
        browser.run("scrollTo(0, 0)");
        browser.find("td a[href^=deep]").click();
        assertThat(browser.find("h1").getText()).isEqualTo("deep <i>/");
    }

    private static Set<String> contents(Path directory) throws IOException {
        Set<String> contents = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void aVideoPlaysWhoseIndexIsAtItsEnd() throws Exception {
        browser.open(url(MEDIA + "video.html"));
        Map<?, ?> played = (Map<?, ?>) browser.runAsync(Browser.script("play.js"));
        assertThat(played.get("error")).isEqualTo("");
        assertThat(played.get("width")).isEqualTo(160L);
        assertThat(((Number) played.get("duration")).doubleValue()).isBetween(7.9, 8.1);
        assertThat(((Number) played.get("time")).doubleValue()).isGreaterThan(4.2);
        assertRanges(MEDIA + "clip.mp4");
    }

    @Test
    void aLongSoundIsHeardFromItsMiddleOn() throws Exception {
        browser.open(url(MEDIA + "sound.html"));
        Map<?, ?> played = (Map<?, ?>) browser.runAsync(Browser.script("play.js"));
        assertThat(played.get("error")).isEqualTo("");
        assertThat(((Number) played.get("duration")).doubleValue()).isBetween(199.9, 200.1);
        assertThat(((Number) played.get("time")).doubleValue()).isGreaterThan(100.2);
        assertRanges(MEDIA + "long.wav");
    }

    private static void assertRanges(String path) {
        List<Browser.Seen> seen =
                browser.seen().stream().filter(one -> one.url().equals(url(path))).toList();
        assertThat(seen)
                .hasSizeGreaterThan(1)
                .allMatch(one -> one.status() == 206 && one.range().startsWith("bytes="))
                .anyMatch(one -> !one.range().startsWith("bytes=0-"));
    }
}
