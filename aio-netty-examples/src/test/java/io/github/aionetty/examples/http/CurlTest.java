// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.github.aionetty.examples.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What curl does, over each protocol: parts, resumption, revalidation, uploads. */
@Timeout(60)
class CurlTest {
    private static final int SIZE = 3_000_017;

    @TempDir Path root;
    @TempDir Path downloads;
    private TestServer server;
    private Protocol protocol;

    enum Protocol {
        PLAIN("http", "--http1.1", "1.1"),
        TLS("https", "--http1.1", "1.1"),
        HTTP2("https", "--http2", "2");

        private final String scheme;
        private final String option;
        private final String version;

        Protocol(String scheme, String option, String version) {
            this.scheme = scheme;
            this.option = option;
            this.version = version;
        }
    }

    @BeforeEach
    void create() throws Exception {
        Prerequisites.program("curl");
        Content.file(root.resolve("file"), SIZE);
        Files.setLastModifiedTime(
                root.resolve("file"), FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void serve(Protocol by) throws IOException {
        protocol = by;
        server =
                new TestServer(
                        root,
                        config ->
                                config.withUpload(true)
                                        .withTls(by == Protocol.PLAIN ? null : Tls.SELF_MADE));
    }

    /** The status, to which the version has been looked at. */
    private String curl(String path, String... arguments) throws Exception {
        String output =
                Programs.runWithInput(
                        downloads, root.resolve("file").toFile(), command(path, arguments));
        String[] status = output.split(" ");
        assertThat(status[1]).isEqualTo(protocol.version);
        return status[0];
    }

    private String[] command(String path, String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sSk", protocol.option));
        command.addAll(List.of("-w", "%{http_code} %{http_version}"));
        command.addAll(Arrays.asList(arguments));
        command.add(protocol.scheme + "://127.0.0.1:" + server.address().getPort() + path);
        return command.toArray(String[]::new);
    }

    private byte[] downloaded(String name) throws IOException {
        return Files.readAllBytes(downloads.resolve(name));
    }

    @ParameterizedTest
    @EnumSource
    void downloadsCutsAndResumes(Protocol by) throws Exception {
        serve(by);
        assertThat(curl("/file", "-o", "whole")).isEqualTo("200");
        assertThat(downloaded("whole")).isEqualTo(Content.bytes(0, SIZE));
        assertThat(curl("/file", "--range", "5-1000004", "-o", "part")).isEqualTo("206");
        assertThat(downloaded("part")).isEqualTo(Content.bytes(5, 1_000_000));
        assertThat(curl("/file", "--range", "-17", "-o", "end")).isEqualTo("206");
        assertThat(downloaded("end")).isEqualTo(Content.bytes(SIZE - 17, 17));
        try (RandomAccessFile file =
                new RandomAccessFile(downloads.resolve("whole").toFile(), "rw")) {
            file.setLength(1_234_567);
        }
        assertThat(curl("/file", "-C", "-", "-o", "whole")).isEqualTo("206");
        assertThat(downloaded("whole")).isEqualTo(Content.bytes(0, SIZE));
    }

    @ParameterizedTest
    @EnumSource
    void asksOnlyForWhatIsNewer(Protocol by) throws Exception {
        serve(by);
        assertThat(curl("/file", "-z", "Sun, 02 Feb 2020 02:02:02 GMT", "-o", "same"))
                .isEqualTo("304");
        assertThat(curl("/file", "-z", "Sun, 02 Feb 2020 02:02:01 GMT", "-o", "newer"))
                .isEqualTo("200");
        assertThat(curl("/file", "-z", "-Sun, 02 Feb 2020 02:02:01 GMT", "-o", "older"))
                .isEqualTo("412");
        assertThat(curl("/file", "-R", "-o", "dated")).isEqualTo("200");
        assertThat(Files.getLastModifiedTime(downloads.resolve("dated")))
                .isEqualTo(Files.getLastModifiedTime(root.resolve("file")));
        assertThat(curl("/file", "-z", "dated", "-o", "again")).isEqualTo("304");
    }

    @ParameterizedTest
    @EnumSource
    void uploadsAFileAndAStream(Protocol by) throws Exception {
        serve(by);
        assertThat(curl("/put", "-T", root.resolve("file").toString())).isEqualTo("201");
        assertThat(root.resolve("put")).hasBinaryContent(Content.bytes(0, SIZE));
        assertThat(curl("/put", "-T", root.resolve("file").toString())).isEqualTo("204");
        // Of a length that curl does not know: in chunks, or frames.
        assertThat(curl("/stream", "-T", "-")).isEqualTo("201");
        assertThat(root.resolve("stream")).hasBinaryContent(Content.bytes(0, SIZE));
        assertThat(curl("/none/stream", "-T", "-", "-o", "refusal")).isEqualTo("409");
        // Also from standard input, which curl does not wait for then.
        assertThat(curl("/turns", "-T", ".")).isEqualTo("201");
        assertThat(root.resolve("turns")).hasBinaryContent(Content.bytes(0, SIZE));
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsConnection(Protocol by) throws Exception {
        serve(by);
        List<String> command =
                new ArrayList<>(List.of(command("/file?[1-8]", "-Z", "--parallel-max", "4")));
        command.set(command.indexOf("%{http_code} %{http_version}"), "%{http_code} ");
        command.addAll(1, List.of("--no-progress-meter", "-o", "#1"));
        assertThat(Programs.run(downloads, command.toArray(String[]::new)))
                .isEqualTo("200 ".repeat(8));
        for (int i = 1; i <= 8; i++) {
            Content.check(downloaded(String.valueOf(i)), SIZE, 0);
        }
        await().untilAsserted(() -> assertThat(server.openFiles()).isZero());
    }
}
