// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.ByteRangesParts.Part;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Positions beyond an int, signed and unsigned, in a sparse file. */
class LargeFileTest {
    private static final long GIB = 1L << 30;
    private static final long SIZE = 5 * GIB + 77;

    @TempDir Path root;

    @Test
    void positionsAreLongs() throws Exception {
        long[] islands = {0, 2 * GIB - 4096, 4 * GIB - 5000, SIZE - 10_000};
        try (FileChannel file =
                FileChannel.open(
                        root.resolve("sparse"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            for (long island : islands) {
                Content.write(file, island, 10_000);
            }
        }
        try (TestServer server = new TestServer(root);
                RawClient client = server.connect()) {
            Response head = client.head("/sparse").responseToHead();
            assertThat(head.header("content-length")).isEqualTo("" + SIZE);
            for (long island : islands) {
                Response range = client.get("/sparse", range(island, island + 9_999)).response();
                assertThat(range.status()).isEqualTo(206);
                assertThat(range.header("content-range"))
                        .isEqualTo("bytes " + island + "-" + (island + 9_999) + "/" + SIZE);
                Content.check(range.body(), 10_000, island);
            }
            for (int length : new int[] {1, 10_000}) {
                String all =
                        Arrays.stream(islands)
                                .mapToObj(island -> island + "-" + (island + length - 1))
                                .collect(Collectors.joining(","));
                List<Part> parts =
                        ByteRangesParts.of(client.get("/sparse", "Range: bytes=" + all).response());
                assertThat(parts).hasSize(islands.length);
                for (int i = 0; i < islands.length; i++) {
                    assertThat(parts.get(i).range()).startsWith("bytes " + islands[i] + "-");
                    assertThat(parts.get(i).bytes()).hasSize(length);
                    Content.check(parts.get(i).bytes(), length, islands[i]);
                }
            }
            assertThat(client.get("/sparse", range(3 * GIB, 3 * GIB + 299_999)).response().body())
                    .isEqualTo(new byte[300_000]);
            assertThat(client.get("/sparse", "Range: bytes=-5").response().body())
                    .isEqualTo(Content.bytes(SIZE - 5, 5));
            assertThat(client.get("/sparse", "Range: bytes=" + SIZE + "-").response().status())
                    .isEqualTo(416);
        }
    }

    private static String range(long first, long last) {
        return "Range: bytes=" + first + "-" + last;
    }
}
