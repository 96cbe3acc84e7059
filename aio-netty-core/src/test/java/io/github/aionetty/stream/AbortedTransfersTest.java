// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.Resources;
import io.github.aionetty.support.StreamServer;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that go away in the middle of something. */
@Timeout(120)
class AbortedTransfersTest {
    private static final int TRANSFERS = 100;
    private static final int SIZE = 32 * 1024 * 1024;

    private final Random random = new Random(11);
    private final long usedBefore = AioBuffers.usedSlabMemory();
    private Path directory;
    private Path file;

    @BeforeEach
    void create() throws Exception {
        directory = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "aborted");
        file = Files.write(directory.resolve("file"), Pattern.bytes(0, SIZE));
    }

    @AfterEach
    void delete() throws Exception {
        Files.delete(file);
        Files.delete(directory);
    }

    /** What is open below the directory, by this process. */
    private Map<String, String> open() {
        Map<String, String> open = new TreeMap<>(Resources.now().descriptors());
        open.values().removeIf(target -> !target.startsWith(directory.toString()));
        return open;
    }

    /** While the server lives, and may serve others. */
    private void checkNothingLeft() throws IOException {
        Awaitility.await()
                .atMost(1, TimeUnit.SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(AioBuffers.usedSlabMemory())
                                        .isLessThanOrEqualTo(usedBefore));
        Awaitility.await()
                .atMost(1, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(open()).isEmpty());
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    private void leave(Socket socket) throws IOException {
        if (random.nextBoolean()) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHundredDownloadsLeaveNothing(boolean direct) throws Exception {
        OpenOption[] options =
                direct
                        ? new OpenOption[] {StandardOpenOption.READ, AioOpenOption.DIRECT}
                        : new OpenOption[] {StandardOpenOption.READ};
        Consumer<Channel> pipeline = Sender.pipeline(file, 0, SIZE, options);
        try (StreamServer server = StreamServer.of(pipeline)) {
            for (int i = 0; i < TRANSFERS; i++) {
                Socket socket = server.connect();
                int length = random.nextInt(i % 10 == 0 ? 1 : 4_000_000);
                byte[] received = socket.getInputStream().readNBytes(length);
                leave(socket);
                assertThat(received).isEqualTo(Pattern.bytes(0, length));
            }
            checkNothingLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHundredUploadsLeaveNothing(boolean chunked) throws Exception {
        BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
        String how =
                chunked
                        ? "transfer-encoding: chunked\r\n\r\n1000000\r\n"
                        : "content-length: " + SIZE + "\r\n\r\n";
        try (StreamServer server =
                StreamServer.of(
                        channel ->
                                channel.pipeline()
                                        .addLast(new HttpServerCodec())
                                        .addLast(new Uploads(directory, ends)))) {
            for (int i = 0; i < TRANSFERS; i++) {
                String head = "PUT /file HTTP/1.1\r\n" + how;
                Socket socket = server.connect();
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[random.nextInt(4_000_000)]);
                leave(socket);
            }
            for (int i = 0; i < TRANSFERS; i++) {
                assertThat(ends.poll(30, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
            }
            checkNothingLeft();
            assertThat(file).hasBinaryContent(Pattern.bytes(0, SIZE));
        }
    }
}
