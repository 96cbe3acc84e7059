// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.io.EOFException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow or go away, and files that change while they are sent. */
@Timeout(180)
class DisconnectTest {
    private static final long SIZE = 64L << 20;

    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Content.file(root.resolve("large"), SIZE);
        Content.file(root.resolve("small"), 10_000);
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void slowReadersHoldLittleMemoryAndNobodyUp() throws Exception {
        long before = AioBuffers.slabMemory();
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            slow.add(new RawClient(server.address(), 4096).get("/large"));
        }
        for (RawClient client : slow) {
            assertThat(client.responseToHead().status()).isEqualTo(200);
        }
        long started = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(server.get("/small").body()).isEqualTo(Content.bytes(0, 10_000));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofSeconds(10));
        assertThat(server.openFiles()).isGreaterThanOrEqualTo(50);
        // 50 clients with 4 chunks of 128 KiB are 25 MiB; slabs are not used to the last byte.
        assertThat(AioBuffers.slabMemory() - before).isLessThan(64L << 20);
        byte[] some = new byte[300_000];
        for (RawClient client : slow) {
            assertThat(client.read(some, some.length)).isEqualTo(some.length);
            Content.check(some, some.length, 0);
            client.close();
        }
        assertNothingIsLeft();
    }

    @Test
    void abortedDownloadsLeaveNothing() throws Exception {
        Random random = new Random(1);
        byte[] some = new byte[1 << 20];
        long before = AioBuffers.slabMemory();
        for (int i = 0; i < 200; i++) {
            RawClient client = server.connect().get("/large");
            if (i % 4 != 0) {
                client.responseToHead();
                client.read(some, random.nextInt(some.length));
            }
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }
        assertNothingIsLeft();
        assertThat(AioBuffers.slabMemory() - before)
                .as("one buffer of 128 KiB lost each time would be 25 MiB")
                .isLessThan(16L << 20);
        assertThat(server.get("/small").body()).isEqualTo(Content.bytes(0, 10_000));
    }

    private void assertNothingIsLeft() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            assertThat(server.openFiles()).isZero();
                            assertThat(server.metrics())
                                    .allMatch(metrics -> metrics.inFlight() == 0);
                        });
    }

    @Test
    void aFileThatShrinksEndsTheConnection() throws Exception {
        try (RawClient client = new RawClient(server.address(), 4096).get("/large")) {
            Response head = client.responseToHead();
            assertThat(head.header("content-length")).isEqualTo("" + SIZE);
            try (FileChannel file =
                    FileChannel.open(root.resolve("large"), StandardOpenOption.WRITE)) {
                file.truncate(SIZE / 2 + 12_345);
            }
            byte[] all = new byte[(int) SIZE];
            int got = client.read(all, all.length);
            assertThat((long) got).isLessThanOrEqualTo(SIZE / 2 + 12_345);
            Content.check(all, got, 0);
        }
        assertNothingIsLeft();
        assertThat(server.get("/small").status()).isEqualTo(200);
    }

    @Test
    void aFileThatGrowsIsSentAsPromised() throws Exception {
        try (RawClient client = new RawClient(server.address(), 4096).get("/large")) {
            client.responseToHead();
            try (FileChannel file =
                    FileChannel.open(root.resolve("large"), StandardOpenOption.WRITE)) {
                Content.write(file, SIZE, 1 << 20);
            }
            byte[] all = new byte[(int) SIZE];
            assertThat(client.read(all, all.length)).isEqualTo(all.length);
            Content.check(all, all.length, 0);
            assertThat(client.get("/small").response().status()).isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsReplacedIsSentAsItWas() throws Exception {
        try (RawClient client = new RawClient(server.address(), 4096).get("/large")) {
            client.responseToHead();
            Files.move(
                    root.resolve("small"),
                    root.resolve("large"),
                    StandardCopyOption.REPLACE_EXISTING);
            byte[] all = new byte[(int) SIZE];
            assertThat(client.read(all, all.length)).isEqualTo(all.length);
            Content.check(all, all.length, 0);
            assertThat(client.get("/large").response().body()).hasSize(10_000);
        }
    }

    /** With an answer larger than the socket's buffers, so that it has to wait for the client. */
    @Test
    void aSlowClientMayHaveShutDownItsSide() throws Exception {
        byte[] all = new byte[(int) SIZE];
        for (int pause : new int[] {0, 500}) {
            try (RawClient client = new RawClient(server.address(), 4096)) {
                client.get("/large").get("/small");
                Thread.sleep(pause); // Before the response has begun, and while it is stuck.
                client.shutdownOutput();
                Thread.sleep(500);
                client.responseToHead();
                assertThat(client.read(all, all.length)).isEqualTo(all.length);
                Content.check(all, all.length, 0);
                assertThat(client.response().body()).hasSize(10_000);
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    @Test
    void stoppingLetsAResponseFinishAndClosesTheIdle() throws Exception {
        try (RawClient idle = server.connect();
                RawClient busy = new RawClient(server.address(), 4096)) {
            assertThat(idle.get("/small").response().status()).isEqualTo(200);
            busy.get("/large").get("/small").responseToHead();
            Thread stopper = new Thread(server::close);
            stopper.start();
            assertThat(idle.atEnd()).isTrue();
            byte[] all = new byte[(int) SIZE];
            assertThat(busy.read(all, all.length)).isEqualTo(all.length);
            Content.check(all, all.length, 0);
            assertThatThrownBy(busy::response)
                    .as("the connection ends with the response in flight")
                    .isInstanceOf(EOFException.class);
            stopper.join(10_000);
            assertThat(stopper.isAlive()).isFalse();
        }
    }
}
