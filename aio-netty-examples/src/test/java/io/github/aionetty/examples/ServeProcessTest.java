// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of {@code serve}: its first line, its work, its end. */
@Timeout(120)
class ServeProcessTest {
    private static final int LARGE = 50_000_000;

    @TempDir Path root;

    @BeforeEach
    void file() throws IOException {
        Content.file(root.resolve("file"), LARGE);
    }

    @Test
    void saysWhereItListensAndServes() throws Exception {
        try (ServerProcess server = serve("--port", "0")) {
            assertThat(server.firstLine())
                    .matches("Serving \\Q" + root + "\\E at http://127\\.0\\.0\\.1:[1-9][0-9]*/");
            assertThat(get(server.uri().resolve("file"))).isEqualTo(Content.bytes(0, LARGE));
            server.terminate();
            assertThat(server.ends(10)).isTrue();
            assertThat(server.rest()).as("nothing but the one line").isEmpty();
        }
    }

    @Test
    void takesTheDirectoryAsGivenAndOtherHosts() throws Exception {
        try (ServerProcess server =
                new ServerProcess(
                        List.of(), "target/../.", "--port=0", "--host=::1", "--loops=1")) {
            assertThat(server.firstLine())
                    .matches(
                            "Serving target/\\.\\./\\. at http://\\[0:0:0:0:0:0:0:1]:[1-9][0-9]*/");
            assertThat(new String(get(server.uri()), StandardCharsets.UTF_8)).contains("pom.xml");
        }
    }

    @Test
    void endsOnSigtermWithClientsIdleStalledAndHalfWay() throws Exception {
        try (ServerProcess server = serve("--port", "0");
                Socket idle = connect(server.uri(), "");
                Socket half = connect(server.uri(), "GET /fi");
                Socket stalled = connect(server.uri(), "GET /file HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(stalled.getInputStream().readNBytes(100)).hasSize(100);
            long started = System.nanoTime();
            server.terminate();
            assertThat(server.ends(10)).isTrue();
            assertThat(System.nanoTime() - started).isLessThan(10_000_000_000L);
            assertThat(server.exitCode()).isEqualTo(128 + 15);
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThat(half.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void endsAtOnceWithoutClients() throws Exception {
        try (ServerProcess server = serve("--port", "0")) {
            long started = System.nanoTime();
            server.terminate();
            assertThat(server.ends(10)).isTrue();
            assertThat(System.nanoTime() - started).isLessThan(4_000_000_000L);
        }
    }

    private ServerProcess serve(String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = root.toString();
        System.arraycopy(options, 0, arguments, 1, options.length);
        return new ServerProcess(List.of(), arguments);
    }

    private static byte[] get(URI uri) throws Exception {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static Socket connect(URI uri, String text) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
