// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends exactly the bytes it is told to, as no well-behaved one would. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    public RawClient(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /** With a small window, to be a slow reader with little data. */
    public RawClient(InetSocketAddress server, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(server);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    /** A response; header names in lower case. */
    public record Response(int status, List<String> headers, byte[] body) {
        public String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** As long as the server lets it. */
    public void sendUntilRefused(String text, int times) {
        try {
            for (int i = 0; i < times; i++) {
                send(text);
            }
        } catch (IOException refused) {
            // Closed, and there may be an answer.
        }
    }

    /** A GET with the headers that are needed, and others, each with its line end. */
    public RawClient get(String target, String... headers) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + lines(headers) + "\r\n");
    }

    RawClient head(String target, String... headers) throws IOException {
        return send("HEAD " + target + " HTTP/1.1\r\nHost: test\r\n" + lines(headers) + "\r\n");
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    public Response response() throws IOException {
        Response head = responseToHead();
        if (head.status() == 304) {
            return head;
        }
        String length = head.header("content-length");
        byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        if (length != null && body.length != Integer.parseInt(length)) {
            throw new EOFException("body of " + body.length + " bytes instead of " + length);
        }
        return new Response(head.status(), head.headers(), body);
    }

    public Response responseToHead() throws IOException {
        String status = line();
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        return new Response(Integer.parseInt(status.split(" ")[1]), headers, new byte[0]);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after <" + line + ">");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Bytes of a body, read at the test's own pace. */
    public int read(byte[] bytes, int length) throws IOException {
        return in.readNBytes(bytes, 0, length);
    }

    /** Whether the server has closed, in order. */
    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    /** Closes with a reset, as a client that is killed. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
