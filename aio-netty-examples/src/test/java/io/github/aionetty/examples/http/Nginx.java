// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.examples.Prerequisites;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another server of the same files: one process, which ends with this JVM at the latest. */
final class Nginx implements AutoCloseable {
    /** What is chosen so that its answers are comparable; docs/serve-differences.md says why. */
    private static final String CONFIG =
            """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log crit;
            events { worker_connections 256; }
            http {
                include %1$s/types;
                default_type application/octet-stream;
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                server {
                    listen 127.0.0.1:%2$d;
                    root "%3$s";
                    index none.such;
                    autoindex on;
                    absolute_redirect off;
                    if_modified_since before;
                    gzip_static on;
                    gzip_http_version 1.0;
                    gzip_vary on;
                }
            }
            """;

    private static final String TYPES =
            """
            types {
                text/html html;
                text/plain txt;
                text/css css;
                text/javascript js;
                application/json json;
                image/png png;
                application/gzip gz;
            }
            """;

    private final InetSocketAddress address;
    private final Process process;

    private Nginx(InetSocketAddress address, Process process) {
        this.address = address;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param root what is served
     * @param home an empty directory for what is its own
     */
    static Nginx start(Path root, Path home) throws Exception {
        Prerequisites.program("nginx");
        Files.writeString(home.resolve("types"), TYPES);
        for (int attempt = 0; attempt < 5; attempt++) {
            // Somebody else may take the port meanwhile, so that there may be a second attempt.
            InetSocketAddress free = free();
            Path config = home.resolve("nginx.conf");
            Files.writeString(config, CONFIG.formatted(home, free.getPort(), root));
            Process process =
                    // It dies with the thread that has started it, hence with this JVM.
                    new ProcessBuilder(
                                    "setpriv",
                                    "--pdeathsig",
                                    "KILL",
                                    "nginx",
                                    "-e",
                                    home.resolve("error.log").toString(),
                                    "-p",
                                    home.toString(),
                                    "-c",
                                    config.toString())
                            .inheritIO()
                            .start();
            if (listens(free, process)) {
                return new Nginx(free, process);
            }
            process.destroyForcibly();
        }
        throw new IOException(
                "nginx does not start: " + Files.readString(home.resolve("error.log")));
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private static boolean listens(InetSocketAddress address, Process process) throws Exception {
        for (int i = 0; i < 500 && process.isAlive(); i++) {
            try {
                new Socket(address.getAddress(), address.getPort()).close();
                return true;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return false;
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
