// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioMetrics;
import io.github.aionetty.examples.OpenFiles;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server in this JVM on a free port, and the JDK's client for it. */
final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final Path root;
    private final HttpClient client = HttpClient.newHttpClient();

    TestServer(Path root) throws IOException {
        this(root, 2, Transport.best());
    }

    TestServer(Path root, int loops, Transport transport) throws IOException {
        this(root, loops, transport, UnaryOperator.identity());
    }

    TestServer(Path root, UnaryOperator<ServerConfig> changes) throws IOException {
        this(root, 2, Transport.best(), changes);
    }

    TestServer(Path root, int loops, Transport transport, UnaryOperator<ServerConfig> changes)
            throws IOException {
        this.root = root;
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        // Without files that stay open, so that tests can count what exchanges leave; and past the
        // page cache, which has what a test has just written.
        ServerConfig config =
                new ServerConfig(root, free, loops).withOpenFiles(0).withDirect(DirectMode.ALWAYS);
        this.server = HttpServer.start(changes.apply(config), transport);
    }

    InetSocketAddress address() {
        return server.address();
    }

    HttpServer server() {
        return server;
    }

    RawClient connect() throws IOException {
        return new RawClient(address());
    }

    /** One request on a connection of its own. */
    RawClient.Response get(String target, String... headers) throws IOException {
        try (RawClient raw = connect()) {
            return raw.get(target, headers).response();
        }
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + address().getPort() + target));
    }

    HttpResponse<byte[]> fetch(String target) throws Exception {
        return client.send(request(target).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    List<AioMetrics> metrics() {
        List<AioMetrics> metrics = new ArrayList<>();
        for (EventExecutor loop : server.loops()) {
            metrics.add(AioContext.of((EventLoop) loop).metrics());
        }
        return metrics;
    }

    int connections() {
        return server.connections();
    }

    long openFiles() throws IOException {
        return OpenFiles.below(root);
    }

    @Override
    public void close() {
        server.close();
    }
}
