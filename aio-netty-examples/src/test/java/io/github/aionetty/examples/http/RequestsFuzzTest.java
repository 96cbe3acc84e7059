// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** Bytes to a server: nothing of ours fails, nothing hangs, and nothing from outside is sent. */
class RequestsFuzzTest {
    private static final String SECRET = "secret from outside";
    private static final int HANG_MILLIS = 10_000;

    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.[01] ([0-9]{3}) ");

    private static final Pattern ACCESS =
            Pattern.compile(
                    "127\\.0\\.0\\.1 - - \\[[^]]+] \"[^\"]*\" [0-9]{3} [0-9]+ \"[^\"]*\" \"[^\"]*\""
                            + " [0-9]+");

    private static final Queue<String> WARNINGS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();
    private static final AppenderBase<ILoggingEvent> LOG =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    if (event.getLoggerName().equals(AccessLog.LOGGER)) {
                        LINES.add(event.getFormattedMessage());
                    } else if (event.getLevel().isGreaterOrEqual(Level.WARN)
                            // That of a machine that has too much to do.
                            && !event.getLoggerName().endsWith("StallLog")) {
                        WARNINGS.add(event + " " + event.getThrowableProxy());
                    }
                }
            };

    private static final Logger ALL = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private static final Logger ACCESS_LOG = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);

    private static Path temp;
    private static TestServer server;

    @BeforeContainer
    static void start() throws IOException {
        temp = Files.createTempDirectory("fuzz").toRealPath();
        Path root = Files.createDirectories(temp.resolve("root"));
        Files.writeString(temp.resolve("secret.txt"), SECRET);
        Files.createDirectory(temp.resolve("root-beside"));
        Files.writeString(temp.resolve("root-beside/secret.txt"), SECRET);
        Files.createDirectories(root.resolve("dir/deep"));
        Files.writeString(root.resolve("served"), "served");
        Files.writeString(root.resolve("hello.txt"), "hello");
        Files.writeString(root.resolve("hello.txt.gz"), "not gzip");
        Files.writeString(root.resolve("dir/inner"), "inner");
        Files.createSymbolicLink(root.resolve("out.txt"), temp.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("outdir"), temp.resolve("root-beside"));
        LOG.start();
        ALL.addAppender(LOG);
        ACCESS_LOG.setLevel(Level.INFO);
        ACCESS_LOG.setAdditive(false);
        ACCESS_LOG.addAppender(LOG);
        server =
                new TestServer(
                        root,
                        config -> config.withAccessLog(true).withMetrics(true).withUpload(true));
    }

    @AfterContainer
    static void stop() throws IOException {
        try {
            await().untilAsserted(
                            () -> {
                                assertThat(server.connections()).isZero();
                                assertThat(server.openFiles()).isZero();
                            });
            assertThat(temp.resolve("secret.txt")).hasContent(SECRET);
            try (Stream<Path> beside = Files.list(temp)) {
                assertThat(beside.map(it -> it.getFileName().toString()))
                        .containsExactlyInAnyOrder("root", "root-beside", "secret.txt");
            }
        } finally {
            server.close();
            ALL.detachAppender(LOG);
            ACCESS_LOG.detachAppender(LOG);
            ACCESS_LOG.setAdditive(true);
            ACCESS_LOG.setLevel(null);
            try (Stream<Path> files = Files.walk(temp)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Property
    void whateverIsSentTheServerGoesOn(@ForAll("requests") String sent) throws IOException {
        String received = exchange(sent);
        assertThat(received).doesNotContain(SECRET);
        if (!received.isEmpty()) {
            assertThat(received).startsWith("HTTP/1.");
        }
        Matcher status = STATUS.matcher(received);
        while (status.find()) {
            // By these two it says what it does not know.
            assertThat(status.group(1)).matches("[1-4]..|501|505");
        }
        assertThat(exchange("GET /served HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("served");
        assertThat(WARNINGS).isEmpty();
        for (String line = LINES.poll(); line != null; line = LINES.poll()) {
            assertThat(line).matches(ACCESS).matches("[ -~]*");
        }
    }

    /** All that comes back; a hang ends it with an exception. */
    private static String exchange(String sent) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(HANG_MILLIS);
            InputStream in = socket.getInputStream();
            try {
                socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
            } catch (SocketException refused) {
                // There is an answer nevertheless.
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Provide
    Arbitrary<String> requests() {
        Arbitrary<String> bytes =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(200);
        Arbitrary<String> requests =
                request().list().ofMinSize(1).ofMaxSize(3).map(all -> String.join("", all));
        return Arbitraries.frequencyOf(
                Tuple.of(1, bytes),
                Tuple.of(6, requests),
                Tuple.of(
                        4,
                        Combinators.combine(requests, mutations()).as(RequestsFuzzTest::mutate)));
    }

    private static Arbitrary<String> request() {
        return Combinators.combine(methods(), targets(), versions(), headers(), bodies())
                .as(
                        (method, target, version, headers, body) ->
                                method
                                        + " "
                                        + target
                                        + " "
                                        + version
                                        + "\r\n"
                                        + String.join("", headers)
                                        + body);
    }

    private static Arbitrary<String> methods() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("GET", "HEAD")),
                Tuple.of(2, Arbitraries.of("PUT", "OPTIONS", "POST")),
                Tuple.of(1, Arbitraries.of("DELETE", "CONNECT", "TRACE", "PRI", "get", "")));
    }

    private static Arbitrary<String> targets() {
        Arbitrary<String> part =
                Arbitraries.of(
                        "/",
                        "/",
                        "..",
                        ".",
                        "%2e",
                        "%2f",
                        "%00",
                        "%",
                        "\\",
                        "dir",
                        "deep",
                        "hello.txt",
                        "inner",
                        "secret.txt",
                        "out.txt",
                        "outdir",
                        "root-beside",
                        "metrics",
                        "new",
                        "?",
                        "sort=size",
                        "#",
                        "http://a",
                        "*",
                        "\u00c3\u00bc",
                        "%ff",
                        "proc/self/environ",
                        "x".repeat(300));
        return Combinators.combine(
                        Arbitraries.of(
                                "/", "/", "/", "/out.txt", "/outdir/", "/../", "http://a/", ""),
                        part.list().ofMaxSize(6).map(parts -> String.join("", parts)))
                .as((start, rest) -> start + rest);
    }

    private static Arbitrary<String> versions() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just("HTTP/1.1")),
                Tuple.of(2, Arbitraries.of("HTTP/1.0", "HTTP/1.9", "HTTP/2.0", "http/1.1", "")));
    }

    private static Arbitrary<List<String>> headers() {
        Arbitrary<String> names =
                Arbitraries.of(
                        "Range",
                        "If-Range",
                        "If-Match",
                        "If-None-Match",
                        "If-Modified-Since",
                        "If-Unmodified-Since",
                        "Accept-Encoding",
                        "Accept",
                        "Connection",
                        "Expect",
                        "Transfer-Encoding",
                        "Content-Length",
                        "Content-Range",
                        "Content-Encoding",
                        "User-Agent",
                        "Referer",
                        "Upgrade",
                        "Host",
                        "X");
        Arbitrary<String> values =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                6,
                                Arbitraries.of(
                                        "bytes=0-1",
                                        "bytes=0-0,2-2",
                                        "bytes=-1",
                                        "*",
                                        "\"a\"",
                                        "W/\"a\"",
                                        "Sun, 06 Nov 1994 08:49:37 GMT",
                                        "gzip",
                                        "gzip, br",
                                        "text/html",
                                        "close",
                                        "keep-alive",
                                        "100-continue",
                                        "chunked",
                                        "0",
                                        "5",
                                        "7",
                                        "99999999999",
                                        "-1",
                                        "bytes 0-1/2",
                                        "identity",
                                        "h2c",
                                        "",
                                        "a\r\n b")),
                        Tuple.of(
                                1,
                                Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(20)),
                        Tuple.of(
                                1,
                                Arbitraries.strings()
                                        .withCharRange('\0', '\u00ff')
                                        .ofMaxLength(9)));
        Arbitrary<String> header =
                Combinators.combine(names, values)
                        .as((name, value) -> name + ": " + value + "\r\n");
        return header.list()
                .ofMaxSize(5)
                .map(list -> Stream.concat(Stream.of("Host: test\r\n"), list.stream()).toList());
    }

    private static Arbitrary<String> bodies() {
        return Arbitraries.of(
                "\r\n",
                "\r\n",
                "\r\n",
                "\r\nhello",
                "\r\nhello!!",
                "\n",
                "",
                "\r\n5\r\nhello\r\n0\r\n\r\n",
                "\r\nfffffffff\r\n",
                "\r\n0\r\nX: y\r\n\r\n");
    }

    private static Arbitrary<List<Integer>> mutations() {
        return Arbitraries.integers().between(0, 1 << 20).list().ofMinSize(1).ofMaxSize(6);
    }

    /** At a place drops a byte, doubles it, adds one, or puts one in its place. */
    private static String mutate(String text, List<Integer> mutations) {
        StringBuilder mutated = new StringBuilder(text);
        for (int mutation : mutations) {
            if (mutated.length() == 0) {
                return "";
            }
            int place = (mutation >>> 10) % mutated.length();
            char value = (char) (mutation >>> 2 & 0xff);
            switch (mutation & 3) {
                case 0 -> mutated.deleteCharAt(place);
                case 1 -> mutated.insert(place, value);
                case 2 -> mutated.setCharAt(place, value);
                default -> mutated.insert(place, mutated.charAt(place));
            }
        }
        return mutated.toString();
    }
}
