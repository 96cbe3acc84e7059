// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.Aio;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server asks of the kernel, as strace sees it: io_submit, and nothing that could wait.
 */
@Timeout(300)
class SyscallsTest {
    private static final Logger LOG = LoggerFactory.getLogger(SyscallsTest.class);
    private static final int SIZE = 8 << 20;
    private static final int REQUESTS = 64;

    @TempDir Path temp;
    private Path root;
    private Path trace;

    @BeforeEach
    void files() throws IOException {
        Prerequisites.program("strace");
        Prerequisites.require(Aio.isAvailable(), "kernel AIO: " + Aio.unavailabilityCause());
        root = Files.createDirectory(temp.resolve("served"));
        trace = temp.resolve("trace");
        Content.file(root.resolve("large.data"), SIZE);
        Content.file(root.resolve("small.data"), 5_000);
    }

    @Test
    void theSummaryHasIoSubmit() throws Exception {
        List<String> strace = List.of("strace", "-f", "-c", "-o", trace.toString());
        try (ServerProcess server = serve(strace)) {
            download(server.uri());
            server.terminate();
            assertThat(server.ends(60)).isTrue();
        }
        String summary = Files.readString(trace);
        LOG.info("\n{}", summary);
        assertThat(calls(summary, "io_submit")).isPositive();
        assertThat(calls(summary, "sendfile")).isZero();
        assertThat(calls(summary, "splice")).isZero();
        assertThat(calls(summary, "preadv")).isZero();
    }

    private static long calls(String summary, String name) {
        return summary.lines()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns[columns.length - 1].equals(name))
                .mapToLong(columns -> Long.parseLong(columns[3]))
                .sum();
    }

    @Test
    void noDataFileIsReadByAnyOtherCall() throws Exception {
        List<String> strace =
                List.of(
                        "strace",
                        "-f",
                        "-y",
                        "-e",
                        "trace=read,pread64,readv,preadv,preadv2,sendfile,splice,mmap,"
                                + "io_getevents,io_pgetevents,io_submit",
                        "-o",
                        trace.toString());
        try (ServerProcess server = serve(strace)) {
            download(server.uri());
            server.terminate();
            assertThat(server.ends(60)).isTrue();
        }
        List<String> lines = Files.readAllLines(trace);
        assertThat(lines).anyMatch(line -> line.contains("io_submit("));
        assertThat(lines).as("data files in other calls").noneMatch(SyscallsTest::touchesData);
        assertThat(lines).as("io_getevents").noneMatch(line -> line.contains("getevents("));
        assertThat(lines).as("an eventfd is read").noneMatch(SyscallsTest::readsEventFd);
    }

    private static boolean touchesData(String line) {
        return line.contains(".data") && !line.contains("io_submit(");
    }

    private static final Pattern EVENTFD_READ =
            Pattern.compile("(read|readv|pread64)\\(\\d+<anon_inode:\\[eventfd]>");

    private static boolean readsEventFd(String line) {
        return EVENTFD_READ.matcher(line).find();
    }

    private ServerProcess serve(List<String> strace) throws Exception {
        return new ServerProcess(strace, root.toString(), "--port", "0", "--loops", "2");
    }

    private static void download(URI server) {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String name = i % 2 == 0 ? "large.data" : "small.data";
            responses.add(
                    client.sendAsync(
                            HttpRequest.newBuilder(server.resolve(name)).build(),
                            HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
            byte[] body = response.join().body();
            assertThat(body.length).isIn(SIZE, 5_000);
            Content.check(body, body.length, 0);
        }
    }
}
