// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.github.aionetty.examples.http.RawClient;
import io.netty.channel.EventLoop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sample's HTTP server does, whatever the framework. */
@Timeout(180)
public abstract class HttpSampleContract {
    private static final int LARGE = (64 << 20) + 4321;

    @TempDir protected Path root;
    private final HttpClient client = HttpClient.newHttpClient();
    private Footprint footprint;
    private int port;

    /** Starts the sample for {@link #root}. */
    protected abstract int start() throws Exception;

    protected abstract void stop() throws Exception;

    /** All loops that connections may be on. */
    protected abstract List<EventLoop> loops();

    /** What a client that does not read may make the server hold, in bytes. */
    protected abstract long heldForASlowClient();

    @BeforeEach
    final void serve() throws Exception {
        Prerequisites.direct(root);
        Content.file(root.resolve("large"), LARGE);
        Content.file(root.resolve("small"), 10_001);
        port = start();
        footprint = new Footprint(root);
    }

    @AfterEach
    final void end() throws Exception {
        stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 65_536, 300_001})
    void sendsAFile(int size) throws Exception {
        Content.file(root.resolve("file"), size);
        HttpResponse<byte[]> response = get("file");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("content-length")).hasValue(size);
        assertThat(response.body()).isEqualTo(Content.bytes(0, size));
        footprint.assertNothingIsLeft();
    }

    @Test
    void sendsLargeFilesToSeveralAtOnce() {
        List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            responses.add(client.sendAsync(to("large").build(), BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
            byte[] body = response.join().body();
            assertThat(body).hasSize(LARGE);
            Content.check(body, LARGE, 0);
        }
        footprint.assertNothingIsLeft();
    }

    @Test
    void theKernelReadsForTheLoopsOfTheConnections() throws Exception {
        get("large");
        assertThat(loops())
                .extracting(loop -> AioContext.of(loop).engine())
                .containsOnly(AioEngine.KERNEL);
        assertThat(loops().stream().mapToLong(loop -> AioContext.of(loop).metrics().completed()))
                .anyMatch(completed -> completed >= 64);
        assertThat(loops().stream().mapToLong(loop -> AioContext.of(loop).metrics().copies()))
                .as("into aligned memory; the end is read past the end of the file")
                .allMatch(copies -> copies <= 1);
    }

    @Test
    void slowClientsHoldLittleMemoryAndNobodyUp() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            slow.add(new RawClient(address(), 4096).get("/large"));
            assertThat(slow.get(i).responseToHead().status()).isEqualTo(200);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(get("small").body()).isEqualTo(Content.bytes(0, 10_001));
            assertThat(footprint.growth()).isLessThan(8 * heldForASlowClient() + (8L << 20));
        }
        assertThat(footprint.openFiles()).isGreaterThanOrEqualTo(8);
        byte[] some = new byte[300_000];
        for (RawClient each : slow.subList(1, slow.size())) {
            assertThat(each.read(some, some.length)).isEqualTo(some.length);
            Content.check(some, some.length, 0);
            each.close();
        }
        byte[] all = new byte[LARGE];
        assertThat(slow.get(0).read(all, LARGE)).as("goes on when it reads").isEqualTo(LARGE);
        Content.check(all, LARGE, 0);
        slow.get(0).close();
        footprint.assertNothingIsLeft();
    }

    @Test
    void clientsThatGoAwayLeaveNothing() throws Exception {
        Random random = new Random(1);
        byte[] some = new byte[1 << 20];
        for (int i = 0; i < 60; i++) {
            RawClient raw = new RawClient(address()).get("/large");
            if (i % 4 != 0) {
                raw.responseToHead();
                raw.read(some, random.nextInt(some.length));
            }
            if (i % 2 == 0) {
                raw.reset();
            } else {
                raw.close();
            }
        }
        footprint.assertNothingIsLeft();
        assertThat(get("small").body()).isEqualTo(Content.bytes(0, 10_001));
    }

    @Test
    void aFileThatBecomesShorterIsNoWholeResponse() throws Exception {
        try (RawClient raw = new RawClient(address(), 4096).get("/large")) {
            raw.responseToHead();
            try (var file = Files.newByteChannel(root.resolve("large"), WRITE)) {
                file.truncate(LARGE / 2);
            }
            byte[] all = new byte[LARGE];
            assertThat(raw.read(all, LARGE)).isLessThanOrEqualTo(LARGE / 2);
        }
        footprint.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", ".", "..", ".hidden", "%2e%2e"})
    void whatIsNotThereIsNotFound(String name) throws Exception {
        Files.writeString(root.resolve(".hidden"), "secret");
        try (RawClient raw = new RawClient(address()).get("/" + name)) {
            assertThat(raw.response().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 300_001, LARGE})
    void anUploadBecomesAFile(int size) throws Exception {
        Path source = Content.file(root.resolve("source"), size);
        assertThat(put("new", BodyPublishers.ofFile(source))).as("created").isEqualTo(201);
        assertThat(Files.mismatch(source, root.resolve("new"))).isEqualTo(-1);
        Path other = Content.file(root.resolve("other"), size / 2);
        assertThat(put("new", BodyPublishers.ofFile(other))).as("replaced").isEqualTo(204);
        assertThat(Files.mismatch(other, root.resolve("new"))).isEqualTo(-1);
        footprint.assertNothingIsLeft();
        assertThat(names()).containsExactlyInAnyOrder("large", "small", "source", "other", "new");
    }

    @Test
    void anUploadOfUnknownLengthBecomesAFile() throws Exception {
        byte[] bytes = Content.bytes(0, 3_000_001);
        assertThat(put("new", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))))
                .isEqualTo(201);
        assertThat(Files.readAllBytes(root.resolve("new"))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length: 9000000", "transfer-encoding: chunked"})
    void anUploadThatBreaksOffLeavesTheOldFile(String framing) throws Exception {
        for (String name : List.of("small", "new")) {
            RawClient raw = new RawClient(address());
            raw.send("PUT /" + name + " HTTP/1.1\r\nhost: test\r\n" + framing + "\r\n\r\n");
            String piece = "x".repeat(100_000);
            for (int i = 0; i < 20; i++) {
                raw.send(framing.startsWith("t") ? "186a0\r\n" + piece + "\r\n" : piece);
            }
            await().until(() -> names().size() == 3); // the temporary file
            raw.close();
            await().untilAsserted(() -> assertThat(names()).containsOnly("large", "small"));
        }
        assertThat(Files.readAllBytes(root.resolve("small"))).isEqualTo(Content.bytes(0, 10_001));
        footprint.assertNothingIsLeft();
    }

    /** On the file system of the tests, of which little is left. */
    @Test
    void anUploadWithoutSpaceIsRefused() throws Exception {
        String mounted = System.getProperty("aionetty.test.fs", "");
        Prerequisites.require(!mounted.isEmpty(), "no aionetty.test.fs to fill");
        stop();
        Path kept = root;
        root = Files.createTempDirectory(Path.of(mounted, "ext4"), "full");
        try {
            Filler.make(root.resolve("filler"), 16 << 20);
            port = start();
            try (RawClient raw = new RawClient(address())) {
                raw.send("PUT /new HTTP/1.1\r\nhost: test\r\ncontent-length: 67108864\r\n\r\n");
                raw.sendUntilRefused("x".repeat(1 << 16), 1 << 10);
                assertThat(raw.responseToHead().status()).isEqualTo(507);
            }
            await().untilAsserted(() -> assertThat(names()).containsOnly("filler"));
            assertThat(put("new", BodyPublishers.ofString("a little"))).isEqualTo(201);
        } finally {
            Files.deleteIfExists(root.resolve("new"));
            Files.deleteIfExists(root.resolve("filler"));
            Files.delete(root);
            root = kept;
        }
    }

    private HttpRequest.Builder to(String name) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + name));
    }

    private HttpResponse<byte[]> get(String name) throws Exception {
        return client.send(to(name).build(), BodyHandlers.ofByteArray());
    }

    private int put(String name, HttpRequest.BodyPublisher body) throws Exception {
        return client.send(to(name).PUT(body).build(), BodyHandlers.discarding()).statusCode();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
