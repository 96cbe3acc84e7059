// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator sees: the access log and the metrics. */
@Timeout(60)
class MonitoringTest {
    @TempDir Path root;
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Content.file(root.resolve("file"), 1000);
        Content.file(root.resolve("large"), 64L << 20);
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        server = new TestServer(root, config -> config.withAccessLog(true).withMetrics(true));
    }

    @AfterEach
    void stop() {
        server.close();
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private String line(int index) {
        await().until(() -> lines.list.size() > index);
        return List.copyOf(lines.list).get(index).getFormattedMessage();
    }

    @Test
    void logsEachExchangeOnce() throws Exception {
        server.get("/file?x=1", "User-Agent: test/1", "Referer: http://a/\"b\\c\u001b");
        assertThat(line(0))
                .matches(
                        "127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                                + " \"GET /file\\?x=1 HTTP/1\\.1\" 200 1000"
                                + " \"-\" \"test/1\" \\d+|.* 400 .*");
        server.get("/none");
        assertThat(line(1)).contains("\"GET /none HTTP/1.1\" 404 ");
        server.get("/file", "User-Agent: \"quoted\\\" \u00e9");
        assertThat(line(2)).endsWith(line(2).replaceFirst(".*\" (\\d+)$", "$1"));
        assertThat(line(2)).contains("\"\\x22quoted\\x5C\\x22 \\xE9\"");
        assertThat(lines.list).hasSize(3);
    }

    @Test
    void logsWhatAnAbortedOneGot() throws Exception {
        try (RawClient client = new RawClient(server.address(), 4096).get("/large")) {
            client.responseToHead();
            client.reset();
        }
        String line = line(0);
        assertThat(line).contains("\"GET /large HTTP/1.1\" 200 ");
        long sent = Long.parseLong(line.split("\" 200 ")[1].split(" ")[0]);
        assertThat(sent).isBetween(1L, (64L << 20) - 1);
    }

    @Test
    void tellsItsMetrics() throws Exception {
        server.get("/file");
        server.get("/none");
        Response response = server.get("/metrics");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type"))
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.text())
                .contains("http_server_requests_seconds_count{status=\"2xx\"} 1")
                .contains("http_server_requests_seconds_count{status=\"4xx\"} 1")
                .contains("http_server_sent_bytes_total 10")
                .contains("http_server_connections ")
                .contains("aio_completed_total{loop=\"0\"}")
                .contains("aio_routed_total{loop=\"1\",route=\"loop\"}")
                .endsWith("# EOF\n");
    }

    @Test
    void metricsAreOffUnlessAskedFor() throws Exception {
        try (TestServer plain = new TestServer(root)) {
            assertThat(plain.get("/metrics").status()).isEqualTo(404);
        }
    }
}
