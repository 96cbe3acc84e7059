// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import io.github.aionetty.examples.http.HttpServer;
import io.github.aionetty.examples.http.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code serve} for a benchmark: its own pipeline on one loop, with {@code /ping} from memory and
 * PUT into another directory.
 */
public final class BenchServer {
    private static final int ARGUMENTS = 3;

    private BenchServer() {}

    /**
     * Serves until the process ends.
     *
     * @param args port, root, and where {@code PUT /up/NAME} goes
     * @throws IOException if it cannot
     */
    public static void main(String[] args) throws IOException {
        if (args.length != ARGUMENTS) {
            System.err.println("usage: BenchServer PORT ROOT UP");
            System.exit(2);
        }
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server =
                HttpServer.start(
                        new ServerConfig(Path.of(args[1]), address, 1)
                                .withUpload(true)
                                .withTexts(Map.of("/ping", "pong"))
                                .withMounts(Map.of("up", Path.of(args[2]))));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        server.awaitStopped();
    }
}
