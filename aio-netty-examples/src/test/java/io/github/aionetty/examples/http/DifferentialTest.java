// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.Comparison.Found;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same requests to nginx, of the same files: each difference is one that is explained. */
@Timeout(300)
class DifferentialTest {
    private static final Logger LOG = LoggerFactory.getLogger(DifferentialTest.class);
    private static final long SEED = Long.getLong("aionetty.differential.seed", 1);
    private static final int BY_CHANCE = Integer.getInteger("aionetty.differential.requests", 300);
    private static final int AT_ONCE = 4;
    private static final Path PAGE = Path.of("..", "docs", "serve-differences.md");

    @TempDir Path temp;
    private Path root;
    private InetSocketAddress ours;
    private InetSocketAddress theirs;

    /** What each says to a plain GET of the same file for the same Accept-Encoding. */
    private final Map<String, Answered> plain = new ConcurrentHashMap<>();

    @Test
    void eachDifferenceIsExplainedAndEachExplanationNeeded() throws Exception {
        create();
        List<Asked> requests = AskedGenerator.of(SEED, BY_CHANCE);
        List<Found> found = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        long began = System.nanoTime();
        try (Nginx nginx = Nginx.start(root, Files.createDirectory(temp.resolve("nginx")));
                TestServer server = new TestServer(root)) {
            ours = server.address();
            theirs = nginx.address();
            List<Future<List<Found>>> results = new ArrayList<>();
            for (Asked asked : requests) {
                results.add(clients.submit(() -> compare(asked)));
            }
            for (Future<List<Found>> result : results) {
                found.addAll(result.get());
            }
        } finally {
            clients.shutdownNow();
        }
        Map<String, Integer> uses = new TreeMap<>();
        List<Found> unexplained = new ArrayList<>();
        for (Found one : found) {
            List<String> names = ServerDifferences.of(one);
            names.forEach(name -> uses.merge(name, 1, Integer::sum));
            if (names.isEmpty()) {
                unexplained.add(one);
            }
        }
        LOG.info(
                "seed={} requests={} differences={} seconds={} {}",
                SEED,
                requests.size(),
                found.size(),
                (System.nanoTime() - began) / 1_000_000_000,
                uses);
        assertThat(requests).hasSizeGreaterThan(500);
        assertThat(unexplained).isEmpty();
        assertThat(uses.keySet()).isEqualTo(new TreeSet<>(ServerDifferences.names()));
    }

    @Test
    void thePageListsThemAll() throws Exception {
        Set<String> rows = new TreeSet<>();
        Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|(?: [^|]+ \\|){2} [^|]*[0-9][^|]* \\|$")
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> rows.add(row.group(1)));
        assertThat(rows).isEqualTo(new TreeSet<>(ServerDifferences.names()));
    }

    private List<Found> compare(Asked asked) throws Exception {
        Answered ourPlain = null;
        Answered theirPlain = null;
        String codings = ",";
        if (asked.needsValidators() || asked.has("accept-encoding")) {
            ourPlain = plain(ours, asked);
            theirPlain = plain(theirs, asked);
            codings =
                    ourPlain.header("content-encoding")
                            + ","
                            + theirPlain.header("content-encoding");
        }
        return Comparison.of(
                asked,
                codings,
                Answered.to(ours, asked, ourPlain),
                Answered.to(theirs, asked, theirPlain));
    }

    private Answered plain(InetSocketAddress server, Asked asked) throws IOException {
        String encoding = asked.header("accept-encoding");
        String key = server.getPort() + " " + asked.target() + " " + encoding;
        Answered known = plain.get(key);
        if (known == null) {
            Asked get =
                    asked.has("accept-encoding")
                            ? Asked.get(asked.target(), "Accept-Encoding: " + encoding)
                            : Asked.get(asked.target());
            known = Answered.to(server, get, null);
            plain.put(key, known);
        }
        return known;
    }

    private void create() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.writeString(temp.resolve("secret.txt"), "secret");
        root = Files.createDirectory(temp.resolve("root"));
        Files.createDirectory(root.resolve("dir"));
        for (String name :
                List.of(
                        "hello.txt",
                        "dir/inner.txt",
                        "with space.txt",
                        "plus+sign.txt",
                        "100%.txt",
                        "\u00fcn\u00ef.txt",
                        "a;b=c,d.txt",
                        "it's(1)!*$&@~.txt",
                        "noext",
                        ".hidden",
                        "n".repeat(255))) {
            Files.writeString(root.resolve(name), "hello world");
        }
        Files.createFile(root.resolve("empty.txt"));
        Content.file(root.resolve("file.bin"), 100_000);
        Content.file(root.resolve("large.bin"), 400_000);
        Files.writeString(root.resolve("data.json"), "{\"some\": \"json\"}");
        String text = "some text ".repeat(200);
        for (String name : List.of("page.html", "style.css", "multi.js", "image.png")) {
            Files.writeString(root.resolve(name), text);
            Files.write(root.resolve(name + ".gz"), gzip(text));
        }
        Files.writeString(root.resolve("multi.js.br"), "no brotli");
        date(Instant.parse("2021-05-05T05:05:05Z"));
        Files.setLastModifiedTime(
                root.resolve("style.css.gz"), FileTime.from(Instant.parse("2020-05-05T05:05:05Z")));
        Files.createSymbolicLink(root.resolve("link.txt"), Path.of("hello.txt"));
        Files.createSymbolicLink(root.resolve("dirlink"), Path.of("dir"));
        Files.createSymbolicLink(root.resolve("out.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("outdir"), outside);
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nothing"));
        Process fifo = new ProcessBuilder("mkfifo", root.resolve("fifo").toString()).start();
        assertThat(fifo.waitFor()).isZero();
    }

    private void date(Instant time) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                            .toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes());
        }
        return bytes.toByteArray();
    }
}
