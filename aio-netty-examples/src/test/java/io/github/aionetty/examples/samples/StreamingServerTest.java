// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample of the streams, from a client's side. */
@Timeout(60)
class StreamingServerTest {
    @TempDir Path directory;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        Channel server = StreamingServer.start(group, directory);
        address = (InetSocketAddress) server.localAddress();
    }

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private HttpURLConnection connect(String name) throws IOException {
        URL url = new URL("http://127.0.0.1:" + address.getPort() + '/' + name);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setReadTimeout(30_000);
        return connection;
    }

    private int put(String name, byte[] content) throws IOException {
        HttpURLConnection connection = connect(name);
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(content.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(content);
        }
        return connection.getResponseCode();
    }

    @Test
    void whatWasPutIsGotAgain() throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        for (int length : new int[] {content.length, 0}) {
            byte[] part = java.util.Arrays.copyOf(content, length);
            assertThat(put("file.bin", part)).isEqualTo(201);
            try (InputStream in = connect("file.bin").getInputStream()) {
                assertThat(in.readAllBytes()).isEqualTo(part);
            }
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndNothingElseIsReached() throws Exception {
        assertThat(connect("missing").getResponseCode()).isEqualTo(404);
        assertThat(connect("..%2fx").getResponseCode()).isEqualTo(404);
        assertThat(connect(".hidden").getResponseCode()).isEqualTo(404);
        assertThat(put("../x", new byte[10])).isEqualTo(404);
    }

    @Test
    void halfAnUploadLeavesTheOldFile() throws Exception {
        assertThat(put("file", new byte[] {1, 2, 3})).isEqualTo(201);
        try (Socket socket = new Socket()) {
            socket.connect(address);
            OutputStream out = socket.getOutputStream();
            out.write("PUT /file HTTP/1.1\r\ncontent-length: 1000000\r\n\r\n".getBytes());
            out.write(new byte[500_000]);
        }
        Awaitility.await()
                .untilAsserted(
                        () -> {
                            try (Stream<Path> all = Files.list(directory)) {
                                assertThat(all).containsExactly(directory.resolve("file"));
                            }
                        });
        assertThat(directory.resolve("file")).hasBinaryContent(new byte[] {1, 2, 3});
    }
}
