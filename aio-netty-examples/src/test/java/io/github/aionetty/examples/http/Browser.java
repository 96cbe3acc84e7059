// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.examples.Prerequisites;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, driven by Selenium, with a profile of its own. */
final class Browser implements AutoCloseable {
    private static final Json JSON = new Json();

    /** Warns that it does not know the newest version's protocol, which is not used. */
    private static final Logger QUIET =
            Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final ChromeDriverService service;
    private final ChromeDriver driver;

    /** A response as the browser saw it, and the range that it had asked for, or {@code null}. */
    record Seen(String url, int status, String range) {}

    private Browser(Path profile, String program) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program);
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // It refuses root otherwise.
                "--user-data-dir=" + profile,
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--no-proxy-server",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--window-size=1000,800");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(onPath("chromedriver")))
                        .usingAnyFreePort()
                        .withLogFile(profile.resolveSibling("chromedriver.log").toFile())
                        .build();
        driver = start(options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    }

    private ChromeDriver start(ChromeOptions options) {
        try {
            return new ChromeDriver(service, options);
        } catch (RuntimeException e) {
            end(service);
            throw e;
        }
    }

    /** Starts one, or skips the test where there is none. */
    static Browser start(Path directory) throws Exception {
        Prerequisites.program("chromedriver");
        String program = matching(version(onPath("chromedriver")));
        Prerequisites.require(program != null, "no Chromium of chromedriver's version");
        return new Browser(directory.resolve("profile"), program);
    }

    /** GitHub's machines have both, and a driver for the second. */
    private static String matching(String version) throws Exception {
        for (String name : List.of("chromium", "google-chrome")) {
            String program = onPath(name);
            if (program != null && version.equals(version(program))) {
                return program;
            }
        }
        return null;
    }

    private static String version(String program) throws Exception {
        Process process =
                new ProcessBuilder(program, "--version")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.replaceFirst("(?s)^[^0-9]*([0-9]+)\\..*", "$1");
    }

    private static String onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> findAll(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    List<String> texts(String css) {
        return findAll(css).stream().map(WebElement::getText).toList();
    }

    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    Object runAsync(String script) {
        return driver.executeAsyncScript(script);
    }

    /** A command of the DevTools protocol. */
    Map<String, Object> devTools(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    void scheme(String scheme) {
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void viewport(int width, int height, double scale) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", width,
                        "height", height,
                        "deviceScaleFactor", scale,
                        "mobile", width < 500));
    }

    byte[] screenshot() {
        Map<String, Object> shot =
                devTools(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "optimizeForSpeed", false));
        return Base64.getDecoder().decode((String) shot.get("data"));
    }

    /** As it is when it starts. */
    void reset() {
        scheme("light");
        viewport(1000, 800, 1);
        open("about:blank");
        complaints();
        seen();
    }

    /** A script among the tests' resources. */
    static String script(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** Errors, warnings and violations of a policy, since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** What was fetched since the last call. */
    List<Seen> seen() {
        List<Seen> seen = new ArrayList<>();
        Map<String, String> ranges = new HashMap<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            Map<String, Object> event = message(entry);
            Map<String, Object> parameters = map(event.get("params"));
            String id = (String) parameters.get("requestId");
            if ("Network.requestWillBeSent".equals(event.get("method"))) {
                Object range = map(map(parameters.get("request")).get("headers")).get("Range");
                ranges.put(id, (String) range);
            } else if ("Network.responseReceived".equals(event.get("method"))) {
                Map<String, Object> response = map(parameters.get("response"));
                seen.add(
                        new Seen(
                                (String) response.get("url"),
                                ((Number) response.get("status")).intValue(),
                                ranges.get(id)));
            }
        }
        return seen;
    }

    private static Map<String, Object> message(LogEntry entry) {
        Map<String, Object> json = JSON.toType(entry.getMessage(), Json.MAP_TYPE);
        return map(json.get("message"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object json) {
        return (Map<String, Object>) json;
    }

    /** Whatever happened, no process of it is left. */
    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            end(service);
        }
    }

    private static void end(ChromeDriverService service) {
        List<ProcessHandle> left =
                ProcessHandle.current()
                        .descendants()
                        .filter(
                                process ->
                                        process.info()
                                                .command()
                                                .filter(path -> path.contains("chrom"))
                                                .isPresent())
                        .toList();
        service.stop();
        for (ProcessHandle process : left) {
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
