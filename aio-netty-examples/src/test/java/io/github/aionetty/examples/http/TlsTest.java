// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS: HTTP/1.1 and HTTP/2, as the client chooses. */
@Timeout(60)
class TlsTest {
    @TempDir Path root;
    @TempDir Path elsewhere;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(root.resolve("a"), "aaa");
        Content.file(root.resolve("large"), 20_000_000);
        server = new TestServer(root, config -> config.withTls(Tls.SELF_MADE).withUpload(true));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static SSLContext trusting(TrustManagerFactory factory) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] managers = factory.getTrustManagers();
        context.init(null, managers, new SecureRandom());
        return context;
    }

    private static HttpClient client(Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(trusting(InsecureTrustManagerFactory.INSTANCE))
                .build();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                URI.create("https://localhost:" + server.address().getPort() + target));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void servesEveryByte(Version version) throws Exception {
        HttpClient client = client(version);
        for (int i = 0; i < 3; i++) {
            HttpResponse<byte[]> large =
                    client.send(request("/large").build(), BodyHandlers.ofByteArray());
            assertThat(large.version()).isEqualTo(version);
            assertThat(large.statusCode()).isEqualTo(200);
            assertThat(large.body()).hasSize(20_000_000);
            Content.check(large.body(), large.body().length, 0);
        }
        HttpResponse<byte[]> range =
                client.send(
                        request("/large").header("Range", "bytes=1000000-2999999").build(),
                        BodyHandlers.ofByteArray());
        assertThat(range.statusCode()).isEqualTo(206);
        Content.check(range.body(), 2_000_000, 1_000_000);
        assertThat(client.send(request("/none").build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
        HttpResponse<String> head =
                client.send(
                        request("/a").method("HEAD", BodyPublishers.noBody()).build(),
                        BodyHandlers.ofString());
        assertThat(head.headers().firstValue("content-length")).contains("3");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void storesEveryByte(Version version) throws Exception {
        HttpClient client = client(version);
        byte[] content = Content.bytes(0, 10_000_000);
        for (int i = 0; i < 3; i++) {
            HttpResponse<Void> put =
                    client.send(
                            request("/put").PUT(BodyPublishers.ofByteArray(content)).build(),
                            BodyHandlers.discarding());
            assertThat(put.version()).isEqualTo(version);
            assertThat(put.statusCode()).isEqualTo(i == 0 ? 201 : 204);
            assertThat(Arrays.equals(Files.readAllBytes(root.resolve("put")), content)).isTrue();
        }
    }

    /** By curl: clients of JDK 17 wait for ever when a stream ends before they have sent all. */
    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void aRefusedUploadIsToldAtOnce(String protocol) throws Exception {
        Prerequisites.program("curl");
        Path content = Content.file(elsewhere.resolve("content"), 10_000_000);
        for (String expect : List.of("Expect: 100-continue", "Expect:")) {
            String said =
                    curl(
                            protocol,
                            "-H",
                            expect,
                            "-T",
                            content.toString(),
                            "-w",
                            "%{http_code}",
                            url("/none/put"));
            assertThat(said).isEqualTo("409 Conflict\n409");
        }
        assertThat(curl(protocol, url("/a"))).isEqualTo("aaa");
    }

    private String url(String target) {
        return "https://localhost:" + server.address().getPort() + target;
    }

    private static String curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sk", "--max-time", "20"));
        command.addAll(List.of(arguments));
        Process curl =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).isZero();
        return said;
    }

    @Test
    void streamsShareAConnection() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        // The first one opens the connection that the others are to find.
        client.send(request("/a").build(), BodyHandlers.ofString());
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String target = i % 10 == 0 ? "/large" : "/a";
            answers.add(client.sendAsync(request(target).build(), BodyHandlers.ofByteArray()));
        }
        for (int i = 0; i < 50; i++) {
            byte[] body = answers.get(i).get().body();
            if (i % 10 == 0) {
                assertThat(body).hasSize(20_000_000);
                Content.check(body, body.length, 0);
            } else {
                assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("aaa");
            }
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void anAbandonedStreamLeavesTheOthers() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        client.send(request("/a").build(), BodyHandlers.ofString());
        for (int i = 0; i < 20; i++) {
            HttpResponse<InputStream> response =
                    client.send(request("/large").build(), BodyHandlers.ofInputStream());
            response.body().read();
            response.body().close(); // Resets the stream.
            assertThat(client.send(request("/a").build(), BodyHandlers.ofString()).body())
                    .isEqualTo("aaa");
        }
        assertThat(server.connections()).isEqualTo(1);
        await().until(() -> server.openFiles() == 0);
    }

    /** By curl: the JDK's client takes a GOAWAY for the end of everything. */
    @Test
    void stoppingLetsStreamsFinish() throws Exception {
        Prerequisites.program("curl");
        Path got = elsewhere.resolve("got");
        Process curl =
                new ProcessBuilder(
                                "curl",
                                "-sSfk",
                                "--http2",
                                "--limit-rate",
                                "12M",
                                "-o",
                                got.toString(),
                                "-w",
                                "%{http_version}",
                                "https://localhost:" + server.address().getPort() + "/large")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        await().until(() -> Files.exists(got) && Files.size(got) > 0);
        server.close();
        assertThat(curl.waitFor()).isZero();
        assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("2");
        byte[] all = Files.readAllBytes(got);
        assertThat(all).hasSize(20_000_000);
        Content.check(all, all.length, 0);
    }

    /** Whose window is smaller than the file. */
    @Test
    void whoTakesNothingOfAStreamIsLetGo() throws Exception {
        try (TestServer impatient =
                new TestServer(
                        root,
                        config ->
                                config.withTls(Tls.SELF_MADE)
                                        .withLimits(
                                                Limits.DEFAULT.withTimes(
                                                        Limits.DEFAULT.headerTime(),
                                                        Limits.DEFAULT.idleTime(),
                                                        Limits.DEFAULT.bodyTime(),
                                                        Duration.ofSeconds(1))))) {
            URI base = URI.create("https://localhost:" + impatient.address().getPort());
            HttpClient client = client(Version.HTTP_2);
            HttpResponse<InputStream> stuck =
                    client.send(
                            HttpRequest.newBuilder(base.resolve("/large")).build(),
                            BodyHandlers.ofInputStream());
            assertThat(impatient.openFiles()).isEqualTo(1);
            await().until(() -> impatient.openFiles() == 0);
            assertThatThrownBy(() -> stuck.body().readAllBytes()).isInstanceOf(IOException.class);
            assertThat(
                            client.send(
                                            HttpRequest.newBuilder(base.resolve("/a")).build(),
                                            BodyHandlers.ofString())
                                    .body())
                    .isEqualTo("aaa");
            assertThat(impatient.connections()).isEqualTo(1);
        }
    }

    @Test
    void plainHttpToATlsPortIsClosed() throws Exception {
        try (RawClient client = server.connect()) {
            client.get("/a");
            assertThatThrownBy(client::response).isInstanceOf(IOException.class);
        }
        assertThat(
                        client(Version.HTTP_2)
                                .send(request("/a").build(), BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHandshakeThatDoesNotComeOnEnds() throws Exception {
        try (TestServer impatient =
                        new TestServer(
                                root,
                                config ->
                                        config.withTls(Tls.SELF_MADE)
                                                .withLimits(
                                                        Limits.DEFAULT.withTimes(
                                                                Duration.ofMillis(500),
                                                                Limits.DEFAULT.idleTime(),
                                                                Limits.DEFAULT.bodyTime(),
                                                                Limits.DEFAULT.sendTime())));
                RawClient client = impatient.connect()) {
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void usesTheCertificateItIsGiven() throws Exception {
        X509Bundle authority =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=test authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        X509Bundle leaf =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .buildIssuedBy(authority);
        Path certificates = elsewhere.resolve("cert.pem");
        Path key = elsewhere.resolve("key.pem");
        Files.writeString(certificates, leaf.getCertificatePathPEM());
        Files.writeString(key, leaf.getPrivateKeyPEM());
        try (TestServer own =
                        new TestServer(root, config -> config.withTls(new Tls(certificates, key)));
                Socket socket =
                        trusting(authority.toTrustManagerFactory())
                                .getSocketFactory()
                                .createSocket("localhost", own.address().getPort())) {
            SSLSocket tls = (SSLSocket) socket;
            tls.startHandshake();
            X509Certificate shown = (X509Certificate) tls.getSession().getPeerCertificates()[0];
            assertThat(shown).isEqualTo(leaf.getCertificate());
        }
    }

    @Test
    void saysWhatIsWrongWithACertificate() throws Exception {
        Path nonsense = Files.writeString(elsewhere.resolve("nonsense"), "no PEM");
        assertThatThrownBy(
                        () ->
                                new TestServer(
                                        root,
                                        config -> config.withTls(new Tls(nonsense, nonsense))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(nonsense.toString())
                .hasMessageContaining("PEM");
        assertThatThrownBy(
                        () ->
                                new TestServer(
                                        root,
                                        config ->
                                                config.withTls(
                                                        new Tls(
                                                                elsewhere.resolve("none"),
                                                                nonsense))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--cert")
                .hasMessageContaining("no such file");
    }
}
