// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The pages in a real browser. */
@Timeout(120)
class BrowserPageTest {
    @TempDir static Path temp;
    private static Path root;
    private static TestServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        root = Files.createDirectory(temp.resolve("root"));
        NastyNames.create(Files.createDirectory(root.resolve("nasty")));
        Files.createDirectories(root.resolve("nasty/deep <i>/empty"));
        Path files = Files.createDirectory(root.resolve("files"));
        Files.createDirectory(files.resolve("sub"));
        file(files, "IMG_9.jpg", 3_000_000, "2024-05-01T10:00:00Z");
        file(files, "IMG_10.jpg", 2_000_000, "2023-05-01T10:00:00Z");
        file(files, "notes.txt", 1000, "2025-05-01T10:00:00Z");
        holidays(Files.createDirectories(root.resolve("media/holidays")));
        Files.writeString(
                root.resolve("error.html"),
                ErrorPage.render(HttpResponseStatus.NOT_FOUND, "/a/b/missing"));
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

    private static void file(Path directory, String name, long size, String time)
            throws IOException {
        Path file = directory.resolve(name);
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(size);
        }
        touch(file, time);
    }

    private static void touch(Path file, String time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    }

    private static void holidays(Path directory) throws IOException {
        file(directory, "fjord panorama.jpg", 18_400_000, "2026-08-02T17:45:00Z");
        file(directory, "IMG_9.jpg", 4_210_000, "2026-08-02T17:31:00Z");
        file(directory, "IMG_10.jpg", 3_980_000, "2026-08-02T17:33:00Z");
        file(directory, "crossing.webm", 1_930_000_000, "2026-08-03T06:02:00Z");
        file(directory, "packing list.md", 2_310, "2026-07-11T20:12:00Z");
        touch(Files.createDirectory(directory.resolve("2024 Norway")), "2024-08-19T07:21:00Z");
        touch(Files.createDirectory(directory.resolve("2025 Iceland")), "2025-09-02T19:40:00Z");
        touch(Files.createDirectory(directory.resolve("concerts")), "2026-05-30T22:05:00Z");
    }

    private static List<String> names() {
        return browser.texts("tbody td:first-child a");
    }

    @Test
    void onePageIsOneRequest() {
        browser.open(url("/files/"));
        assertThat(browser.run("return document.compatMode")).isEqualTo("CSS1Compat");
        assertThat(names())
                .containsExactly("Parent folder", "sub/", "IMG_9.jpg", "IMG_10.jpg", "notes.txt");
        assertThat(browser.texts("header p")).containsExactly("1 folder, 3 files, 4.8 MiB");
        assertThat(browser.seen())
                .filteredOn(seen -> seen.url().startsWith("http"))
                .containsExactly(new Browser.Seen(url("/files/"), 200, null));
        assertThat(browser.run("return document.querySelectorAll('script, [style]').length"))
                .isEqualTo(0L);
    }

    @Test
    void aClickOnAHeadSortsAndFoldersKeepIt() {
        browser.open(url("/files/"));
        browser.find("th:nth-child(2) a").click();
        assertThat(browser.url()).isEqualTo(url("/files/?sort=size&order=desc"));
        assertThat(names()).endsWith("sub/", "IMG_9.jpg", "IMG_10.jpg", "notes.txt");
        browser.find("th:nth-child(2) a").click();
        assertThat(browser.find("th:nth-child(2)").getDomAttribute("aria-sort"))
                .isEqualTo("ascending");
        assertThat(names()).endsWith("sub/", "notes.txt", "IMG_10.jpg", "IMG_9.jpg");
        browser.find("th:nth-child(3) a").click();
        assertThat(names()).endsWith("sub/", "notes.txt", "IMG_9.jpg", "IMG_10.jpg");
        browser.find("td a[href^=sub]").click();
        assertThat(browser.url()).isEqualTo(url("/files/sub/?sort=modified&order=desc"));
        browser.find("td a").click();
        assertThat(browser.url()).isEqualTo(url("/files/?sort=modified&order=desc"));
        browser.find("nav a").click();
        assertThat(browser.url()).isEqualTo(url("/?sort=modified&order=desc"));
        browser.find("th:nth-child(1) a").click();
        assertThat(browser.url()).isEqualTo(url("/?sort=name&order=asc"));
    }

    @Test
    void theKeyboardIsEnough() {
        browser.open(url("/files/"));
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Skip to the list");
        assertThat(browser.focused().getLocation().getX()).isNotNegative();
        List<String> stops = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            browser.press(Keys.TAB);
            stops.add(browser.focused().getText());
            assertThat(browser.focused().getCssValue("outline-style")).isEqualTo("solid");
        }
        assertThat(stops)
                .containsExactly(
                        "Index of /",
                        "Name",
                        "Size",
                        "Modified (UTC)",
                        "Parent folder",
                        "sub/",
                        "IMG_9.jpg",
                        "IMG_10.jpg",
                        "notes.txt");
        browser.open(url("/files/"));
        for (int i = 0; i < 4; i++) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.ENTER);
        assertThat(browser.url()).isEqualTo(url("/files/?sort=size&order=desc"));
        browser.press(Keys.TAB);
        browser.press(Keys.ENTER);
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).as("skipped to").isEqualTo("Parent folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void contrastIsEnough(String scheme) throws Exception {
        browser.scheme(scheme);
        for (String path : List.of("/nasty/", "/nasty/deep%20%3Ci%3E/", "/error.html")) {
            browser.open(url(path));
            Map<?, ?> found = (Map<?, ?>) browser.run(Browser.script("contrast.js"));
            assertThat((String) found.get("worst")).isEmpty();
            assertThat(((Number) found.get("texts")).intValue()).isGreaterThan(3);
            double back = ((Number) found.get("back")).doubleValue();
            assertThat(back < 0.1).as("dark, %s", back).isEqualTo(scheme.equals("dark"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 375, 570, 768})
    void nothingIsWiderThanTheScreen(int width) {
        browser.viewport(width, 700, 1);
        for (String path : List.of("/", "/nasty/", "/nasty/?sort=size&order=desc", "/error.html")) {
            browser.open(url(path));
            assertThat(browser.run("return document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo((long) width);
            assertThat(
                            browser.run(
                                    "return [...document.querySelectorAll('td a, th a')]"
                                            + ".filter(a => a.getBoundingClientRect().height < 24"
                                            + " || a.getBoundingClientRect().right > innerWidth)"
                                            + ".length"))
                    .as("links that are too small for a finger, or beside the screen")
                    .isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {375, 1000})
    void theHeadStaysInSight(int width) {
        browser.viewport(width, 400, 1);
        browser.open(url("/nasty/"));
        assertThat(
                        browser.run(
                                "scrollTo(0, 300); return [scrollY, document.querySelector('th a')"
                                        + ".getBoundingClientRect().top].map(Math.round)"))
                .isEqualTo(List.of(300L, 0L));
    }

    @Test
    void worksWithoutScripts() {
        browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.open(url("/files/"));
            browser.find("th:nth-child(2) a").click();
            browser.find("th:nth-child(2) a").click();
            assertThat(browser.url()).isEqualTo(url("/files/?sort=size&order=asc"));
            assertThat(names()).endsWith("sub/", "notes.txt", "IMG_10.jpg", "IMG_9.jpg");
        } finally {
            browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    /** For the README: {@code -Daionetty.screenshots=DIRECTORY} puts them there. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void hasItsPictureTaken(String scheme) throws Exception {
        browser.scheme(scheme);
        browser.viewport(760, 500, 1.5);
        browser.open(url("/media/holidays/"));
        Path directory =
                Files.createDirectories(
                        Path.of(System.getProperty("aionetty.screenshots", "target/screenshots")));
        Path png = directory.resolve("directory-page-" + scheme + ".png");
        Files.write(png, browser.screenshot());
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1140);
    }
}
