// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server does with a request: its response, and whether it takes a second request then.
 *
 * @param status 0 where the connection was closed without an answer, 9 for an answer without a head
 * @param interim how many responses 1xx came before
 * @param headers lines
 * @param body decoded from chunks
 * @param stays whether a second request on the connection was answered
 */
record Answered(int status, int interim, List<String> headers, byte[] body, boolean stays) {
    private static final int HANG_MILLIS = 10_000;
    private static final String NEXT =
            "GET /hello.txt HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

    /**
     * Asks on a connection of its own.
     *
     * @param own the server's validators, or {@code null} if they are not needed
     */
    static Answered to(InetSocketAddress server, Asked asked, Answered own) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(HANG_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            send(socket, asked.text(own));
            Answered first;
            try {
                first = read(in, asked.is("HEAD"));
            } catch (SocketTimeoutException hang) {
                throw new IOException("no answer to " + asked, hang);
            } catch (EOFException closed) {
                return new Answered(0, 0, List.of(), new byte[0], false);
            }
            if (first.status == 9) {
                return first;
            }
            if (first.header("connection").equals("close")) {
                assertEnd(in, asked);
                return first;
            }
            return first.and(next(socket, in, asked));
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What is sent behind the answer to a HEAD, or what is not closed, is for nobody. */
    private static void assertEnd(InputStream in, Asked asked) throws IOException {
        try {
            byte[] more = in.readAllBytes();
            if (more.length > 0) {
                throw new AssertionError(more.length + " bytes too many after " + asked);
            }
        } catch (SocketTimeoutException hang) {
            throw new IOException("not closed after " + asked, hang);
        } catch (SocketException reset) {
            // As good.
        }
    }

    private static boolean next(Socket socket, InputStream in, Asked asked) throws IOException {
        try {
            send(socket, NEXT);
            Answered next = read(in, false);
            if (next.status != 200 || next.body.length != 11) {
                throw new AssertionError("out of step after " + asked + ": " + next);
            }
            return true;
        } catch (SocketTimeoutException hang) {
            throw new IOException("no second answer after " + asked, hang);
        } catch (IOException closed) {
            return false;
        }
    }

    private Answered and(boolean second) {
        return new Answered(status, interim, headers, body, second);
    }

    private static Answered read(InputStream in, boolean head) throws IOException {
        int interim = 0;
        while (true) {
            String line = line(in);
            if (!line.startsWith("HTTP/1.")) {
                in.readAllBytes();
                return new Answered(9, 0, List.of(), new byte[0], false);
            }
            int status = Integer.parseInt(line.split(" ")[1]);
            List<String> headers = new ArrayList<>();
            for (line = line(in); !line.isEmpty(); line = line(in)) {
                headers.add(line);
            }
            Answered answer = new Answered(status, interim, headers, new byte[0], false);
            if (status >= 200) {
                boolean empty = head || status == 204 || status == 304;
                return new Answered(
                        status, interim, headers, empty ? new byte[0] : answer.body(in), false);
            }
            interim++;
        }
    }

    private byte[] body(InputStream in) throws IOException {
        if (header("transfer-encoding").equals("chunked")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int size = -1; size != 0; ) {
                size = Integer.parseInt(line(in), 16);
                bytes.write(in.readNBytes(size));
                line(in);
            }
            return bytes.toByteArray();
        }
        if (header("content-length").isEmpty()) {
            return in.readAllBytes();
        }
        int length = Integer.parseInt(header("content-length"));
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new AssertionError("body of " + bytes.length + " bytes instead of " + length);
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** The values of a header, in one; empty where there is none. */
    String header(String name) {
        return String.join(
                ", ",
                headers.stream()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .toList());
    }

    /** Without parameters. */
    String type() {
        return header("content-type").replaceFirst(";.*", "").toLowerCase(Locale.ROOT);
    }

    /** Puts this answer's validators into a header of a request. */
    String fill(String header) {
        if (!header.contains("{")) {
            return header;
        }
        String etag = header("etag");
        long date = HttpDates.parse(header("last-modified"));
        String tag = etag.isEmpty() ? "\"none\"" : etag;
        long time = date == HttpDates.NONE ? 1_600_000_000 : date;
        return header.replace("{etag}", tag)
                .replace("{weak}", "W/" + tag)
                .replace("{date}", HttpDates.format(time))
                .replace("{before}", HttpDates.format(time - 1))
                .replace("{after}", HttpDates.format(time + 1))
                .replace("{rfc850}", other(time, "EEEE, dd-MMM-yy HH:mm:ss 'GMT'"))
                .replace("{asctime}", other(time, "EEE MMM ppd HH:mm:ss yyyy"));
    }

    private static String other(long time, String pattern) {
        return java.time.format.DateTimeFormatter.ofPattern(pattern, Locale.US)
                .withZone(java.time.ZoneOffset.UTC)
                .format(java.time.Instant.ofEpochSecond(time));
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + body.length + " bytes" + (stays ? "" : ", closed");
    }
}
