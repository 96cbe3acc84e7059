// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.streams;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Many clients, of which each takes a KiB a second. */
final class SlowClients implements AutoCloseable {
    private static final int PIECE = 1024;

    /** As little as the kernel lets a socket hold: the rest waits in the server. */
    private static final int SOCKET_BUFFER = 4096;

    private final List<SocketChannel> sockets = new ArrayList<>();
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private long received;

    SlowClients(InetSocketAddress address, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel socket = SocketChannel.open();
            sockets.add(socket);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            socket.connect(address);
            socket.configureBlocking(false);
        }
    }

    /** One KiB for each, if it is there. */
    void read() throws IOException {
        for (SocketChannel socket : sockets) {
            piece.clear();
            int length = socket.read(piece);
            if (length < 0) {
                throw new AssertionError("a connection has ended");
            }
            received += length;
        }
    }

    /** Bytes, by all of them. */
    long received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
