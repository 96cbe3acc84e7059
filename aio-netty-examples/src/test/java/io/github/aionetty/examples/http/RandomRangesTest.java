// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random ranges of a 1 GiB file by 64 concurrent connections on 2 loops; every byte checked. */
class RandomRangesTest {
    private static final Logger LOG = LoggerFactory.getLogger(RandomRangesTest.class);
    private static final long SIZE = 1L << 30;
    private static final int CONNECTIONS = 64;
    private static final int RANGES = 20_000;

    /** Of all magnitudes, so that short and long reads meet. */
    private static final int MAX_BITS = 20;

    @Test
    @Timeout(600)
    void everyByteIsRight() throws Exception {
        // Beside the build, on a disk: the temporary directory of a machine may be memory.
        Path root = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "ranges");
        Path file = Content.file(root.resolve("file"), SIZE);
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try (TestServer server = new TestServer(root, 2, Transport.best())) {
            long started = System.nanoTime();
            List<Future<Long>> results = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                int count = RANGES / CONNECTIONS + (i < RANGES % CONNECTIONS ? 1 : 0);
                Callable<Long> client = () -> fetch(server, new Random(seed), count);
                results.add(clients.submit(client));
            }
            long bytes = 0;
            for (Future<Long> result : results) {
                bytes += result.get();
            }
            LOG.info(
                    "{} ranges, {} MiB, in {}",
                    RANGES,
                    bytes >> 20,
                    Duration.ofNanos(System.nanoTime() - started));
        } finally {
            clients.shutdownNow();
            Files.delete(file);
            Files.delete(root);
        }
    }

    private static long fetch(TestServer server, Random random, int count) throws Exception {
        long total = 0;
        try (RawClient client = server.connect()) {
            for (int i = 0; i < count; i++) {
                int length = 1 + random.nextInt(1 << random.nextInt(MAX_BITS + 1));
                long first = random.nextLong(SIZE);
                long last = Math.min(SIZE, first + length) - 1;
                RawClient.Response response =
                        client.get("/file", "Range: bytes=" + first + "-" + last).response();
                assertThat(response.status()).isEqualTo(206);
                assertThat(response.body()).hasSize((int) (last - first + 1));
                Content.check(response.body(), response.body().length, first);
                total += response.body().length;
            }
        }
        return total;
    }
}
