// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.http.HttpServer;
import io.github.aionetty.examples.http.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clients that people use. */
@Timeout(120)
class RealClientsTest {
    private static final int SIZE = 3_000_017;

    @TempDir Path root;
    @TempDir Path downloads;
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws Exception {
        Content.file(root.resolve("file.bin"), SIZE);
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("sub/ünï code.txt"), "hello");
        server =
                HttpServer.start(
                        new ServerConfig(
                                root,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                2));
        url = "http://127.0.0.1:" + server.address().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void curlDownloadsAndResumes() throws Exception {
        Prerequisites.program("curl");
        run("curl", "-sSf", "-o", "whole", url + "file.bin");
        assertDownloaded("whole");
        half("resumed");
        run("curl", "-sSf", "-C", "-", "-o", "resumed", url + "file.bin");
        assertDownloaded("resumed");
        run("curl", "-sSf", "-r", "5-1000004", "-o", "range", url + "file.bin");
        assertThat(Files.readAllBytes(downloads.resolve("range")))
                .isEqualTo(Content.bytes(5, 1_000_000));
        assertThat(run("curl", "-sS", "-I", url + "file.bin")).contains("content-length: " + SIZE);
    }

    @Test
    void curlFollowsTheRedirectAndKeepsItsConnection() throws Exception {
        Prerequisites.program("curl");
        assertThat(run("curl", "-sSfL", url + "sub")).contains("%20code.txt");
        assertThat(run("curl", "-sSf", url + "sub/%C3%BCn%C3%AF%20code.txt")).isEqualTo("hello");
        String twice =
                run(
                        "curl",
                        "-sSf",
                        "-w",
                        "%{num_connects}",
                        "-o",
                        "1",
                        url + "file.bin",
                        "-o",
                        "2",
                        url + "file.bin");
        assertThat(twice).isEqualTo("10");
        assertDownloaded("2");
    }

    @Test
    void curlRevalidatesByEtagAndDate() throws Exception {
        Prerequisites.program("curl");
        Path etag = downloads.resolve("etag");
        run("curl", "-sSf", "--etag-save", etag.toString(), "-o", "e", url + "file.bin");
        assertThat(
                        run(
                                "curl",
                                "-sSf",
                                "--etag-compare",
                                etag.toString(),
                                "-o",
                                "e2",
                                "-w",
                                "%{http_code}",
                                url + "file.bin"))
                .isEqualTo("304");
        Files.copy(
                root.resolve("file.bin"),
                downloads.resolve("d"),
                StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(
                        run(
                                "curl",
                                "-sSf",
                                "-z",
                                "d",
                                "-o",
                                "d2",
                                "-w",
                                "%{http_code}",
                                url + "file.bin"))
                .isEqualTo("304");
    }

    @Test
    void curlDecompressesANeighbourAndCutsSeveralRanges() throws Exception {
        Prerequisites.program("curl");
        Files.write(root.resolve("page.txt"), Content.bytes(0, 50_000));
        try (OutputStream gz =
                new GZIPOutputStream(Files.newOutputStream(root.resolve("page.txt.gz")))) {
            gz.write(Content.bytes(0, 50_000));
        }
        String headers =
                run("curl", "-sSf", "--compressed", "-D", "-", "-o", "page", url + "page.txt");
        assertThat(headers).contains("content-encoding: gzip");
        assertThat(Files.readAllBytes(downloads.resolve("page")))
                .isEqualTo(Content.bytes(0, 50_000));
        run("curl", "-sSf", "-r", "0-99,1000-1999999", "-o", "ranges", url + "file.bin");
        assertThat(Files.size(downloads.resolve("ranges")))
                .as("with what is between")
                .isBetween(1_999_100L + 200, 1_999_100L + 400);
    }

    @Test
    void curlGetsItsAnswerToAnUpload() throws Exception {
        Prerequisites.program("curl");
        assertThat(
                        run(
                                "curl",
                                "-sS",
                                "-T",
                                root.resolve("file.bin").toString(),
                                "-o",
                                "answer",
                                "-w",
                                "%{http_code}",
                                url + "new"))
                .isEqualTo("405");
        assertThat(root.resolve("new")).doesNotExist();
    }

    @Test
    void wgetDownloadsAndResumes() throws Exception {
        Prerequisites.program("wget");
        run("wget", "-q", "-O", "whole", url + "file.bin");
        assertDownloaded("whole");
        half("file.bin");
        run("wget", "-q", "-c", url + "file.bin");
        assertDownloaded("file.bin");
        run("wget", "-q", "-c", url + "file.bin");
        assertDownloaded("file.bin");
    }

    @Test
    void wgetGoesOnWhereItsConnectionWasCut() throws Exception {
        Prerequisites.program("wget");
        try (CuttingRelay relay = new CuttingRelay(server.address(), SIZE / 3)) {
            String cut = "http://127.0.0.1:" + relay.port() + "/file.bin";
            run("wget", "-q", "-c", "--waitretry=0", "--tries=10", cut);
            assertThat(relay.connections()).isEqualTo(4);
        }
        assertDownloaded("file.bin");
    }

    @Test
    void wgetMirrorsTheWholeTree() throws Exception {
        Prerequisites.program("wget");
        run("wget", "-q", "-r", "-nH", "-np", "--restrict-file-names=nocontrol", url);
        assertDownloaded("file.bin");
        assertThat(downloads.resolve("sub/ünï code.txt")).hasContent("hello");
    }

    private void half(String name) throws IOException {
        Files.copy(root.resolve("file.bin"), downloads.resolve(name));
        try (RandomAccessFile file = new RandomAccessFile(downloads.resolve(name).toFile(), "rw")) {
            file.setLength(SIZE / 2 + 1);
        }
    }

    private void assertDownloaded(String name) throws IOException {
        assertThat(Files.readAllBytes(downloads.resolve(name))).isEqualTo(Content.bytes(0, SIZE));
    }

    private String run(String... command) throws Exception {
        return Programs.run(downloads, command);
    }
}
