// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.ByteRangesParts.Part;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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

/** Several ranges for clients that are slow or go away, and of files that change. */
@Timeout(180)
class SlowRangesTest {
    private static final long MIB = 1L << 20;
    private static final long SIZE = 64 * MIB;

    /** A short one, and two that no socket buffer takes. */
    private static final String RANGES =
            "Range: bytes=5-104,"
                    + 40 * MIB
                    + "-"
                    + (56 * MIB - 1)
                    + ","
                    + 16 * MIB
                    + "-"
                    + (32 * MIB + 6);

    @TempDir Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Content.file(root.resolve("large"), SIZE);
        server = new TestServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient slow() throws Exception {
        return new RawClient(server.address(), 4096).get("/large", RANGES);
    }

    @Test
    void slowReadersHoldLittleMemory() throws Exception {
        long before = AioBuffers.slabMemory();
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(slow());
        }
        byte[] some = new byte[300_000];
        for (RawClient client : clients) {
            assertThat(client.responseToHead().status()).isEqualTo(206);
            assertThat(client.read(some, some.length)).isEqualTo(some.length);
        }
        Thread.sleep(500); // For whoever reads ahead without need.
        assertThat(AioBuffers.slabMemory() - before)
                .as("50 clients of 32 MiB each")
                .isLessThan(64 * MIB);
        for (RawClient client : clients) {
            client.close();
        }
        assertNothingIsLeft();
    }

    @Test
    void everyByteArrivesAtASlowReader() throws Exception {
        try (RawClient client = slow()) {
            Thread.sleep(300);
            List<Part> parts = ByteRangesParts.of(client.response());
            assertThat(parts).hasSize(3);
            long[] firsts = {5, 40 * MIB, 16 * MIB};
            long[] lengths = {100, 16 * MIB, 16 * MIB + 7};
            for (int i = 0; i < firsts.length; i++) {
                assertThat((long) parts.get(i).bytes().length).isEqualTo(lengths[i]);
                Content.check(parts.get(i).bytes(), (int) lengths[i], firsts[i]);
            }
            assertThat(client.get("/large", "Range: bytes=0-0").response().status()).isEqualTo(206);
        }
        assertNothingIsLeft();
    }

    @Test
    void abortedOnesLeaveNothing() throws Exception {
        Random random = new Random(1);
        byte[] some = new byte[20 * (int) MIB];
        long before = AioBuffers.slabMemory();
        for (int i = 0; i < 60; i++) {
            RawClient client = slow();
            if (i % 4 != 0) {
                client.responseToHead();
                client.read(some, random.nextInt(i % 10 == 1 ? some.length : 1 << 18));
            }
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }
        assertNothingIsLeft();
        assertThat(AioBuffers.slabMemory() - before).isLessThan(16 * MIB);
    }

    @Test
    void aFileThatIsOverwrittenMeanwhileEndsTheConnection() throws Exception {
        try (RawClient client = slow()) {
            long promised = begin(client);
            try (FileChannel file =
                    FileChannel.open(root.resolve("large"), StandardOpenOption.WRITE)) {
                Content.write(file, 0, 10);
            }
            assertEndsBefore(client, promised);
        }
        assertNothingIsLeft();
    }

    @Test
    void aFileThatShrinksMeanwhileEndsTheConnection() throws Exception {
        try (RawClient client = slow()) {
            long promised = begin(client);
            try (FileChannel file =
                    FileChannel.open(root.resolve("large"), StandardOpenOption.WRITE)) {
                file.truncate(41 * MIB);
            }
            assertEndsBefore(client, promised);
        }
        assertNothingIsLeft();
    }

    @Test
    void aFileThatGrowsMeanwhileIsSentAsPromised() throws Exception {
        try (RawClient client = slow()) {
            Response head = client.responseToHead(); // So the file has been looked at.
            try (FileChannel file =
                    FileChannel.open(root.resolve("large"), StandardOpenOption.WRITE)) {
                Content.write(file, SIZE, 1000);
            }
            byte[] body = new byte[Integer.parseInt(head.header("content-length"))];
            assertThat(client.read(body, body.length)).isEqualTo(body.length);
            List<Part> parts = ByteRangesParts.of(head.header("content-type"), body);
            assertThat(parts).hasSize(3);
            assertThat(parts.get(2).range())
                    .isEqualTo("bytes " + 16 * MIB + "-" + (32 * MIB + 6) + "/" + SIZE);
            Content.check(parts.get(2).bytes(), parts.get(2).bytes().length, 16 * MIB);
        }
    }

    /** Reads the first part, and waits in the second. */
    private static long begin(RawClient client) throws Exception {
        Response head = client.responseToHead();
        assertThat(head.status()).isEqualTo(206);
        byte[] some = new byte[1000];
        client.read(some, some.length);
        Thread.sleep(300);
        return Long.parseLong(head.header("content-length")) - some.length;
    }

    private static void assertEndsBefore(RawClient client, long promised) throws Exception {
        byte[] rest = new byte[(int) promised];
        assertThat((long) client.read(rest, rest.length)).isLessThan(promised);
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
}
