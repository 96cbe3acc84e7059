// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A bad network: between a client and a server, it ends each connection after some bytes. */
final class CuttingRelay implements AutoCloseable {
    private final InetSocketAddress server;
    private final long bytes;
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Begins to relay.
     *
     * @param bytes from the server after which a connection ends
     */
    CuttingRelay(InetSocketAddress server, long bytes) throws IOException {
        this.server = server;
        this.bytes = bytes;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                connections.incrementAndGet();
                start(() -> relay(client));
            }
        } catch (IOException closed) {
            // That was all.
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getAddress(), server.getPort())) {
            start(() -> copy(client, upstream, Long.MAX_VALUE));
            copy(upstream, client, bytes);
        } catch (IOException gone) {
            // One of the two sides.
        }
    }

    private static void copy(Socket from, Socket to, long most) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            long left = most;
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        } catch (IOException gone) {
            // One of the two sides.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
