// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.time.Duration;

/**
 * What a client may take, each with the status that says so.
 *
 * @param connections at once, all loops together; one more gets 503
 * @param requestLine bytes of the request line; beyond: 414
 * @param headers bytes of all header fields; beyond: 431
 * @param upload bytes of a file that is put; beyond: 413
 * @param headerTime for the request's head, from its first byte on, and for TLS' handshake: 408
 * @param idleTime of a connection between two requests; it is closed without a word
 * @param bodyTime in which a body has to come on, by 500 bytes a second: 408
 * @param sendTime in which a client has to take something of a response (on epoll); it is closed
 */
public record Limits(
        int connections,
        int requestLine,
        int headers,
        long upload,
        Duration headerTime,
        Duration idleTime,
        Duration bodyTime,
        Duration sendTime) {

    /** A body that nobody asked for is read to keep the connection, up to here; beyond: 413. */
    static final long IGNORED_BODY = 1024 * 1024;

    /** Less, over the whole of {@link #bodyTime}, is a client that wants to hold the connection. */
    static final int BODY_BYTES_A_SECOND = 500;

    /** Descriptors that are no client's: files, event loops, the JVM's own. */
    private static final int OWN_DESCRIPTORS = 256;

    /** As much as a server on the open network needs, and no more than its descriptors allow. */
    public static final Limits DEFAULT =
            new Limits(
                    defaultConnections(Descriptors.limit()),
                    8 * 1024,
                    16 * 1024,
                    Long.MAX_VALUE,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(120));

    /** A quarter is left for files: they are shared by the connections that ask for the same. */
    static int defaultConnections(long descriptors) {
        long shared = Math.max(0, descriptors - OWN_DESCRIPTORS);
        return (int) Math.max(16, Math.min(65_536, shared - shared / 4));
    }

    /**
     * The same with another number of connections.
     *
     * @param count at least 1
     * @return a copy
     */
    public Limits withConnections(int count) {
        return new Limits(
                count, requestLine, headers, upload, headerTime, idleTime, bodyTime, sendTime);
    }

    /**
     * The same with another largest upload.
     *
     * @param bytes at least 0
     * @return a copy
     */
    public Limits withUpload(long bytes) {
        return new Limits(
                connections, requestLine, headers, bytes, headerTime, idleTime, bodyTime, sendTime);
    }

    /**
     * The same with other times.
     *
     * @param header for a head and a handshake
     * @param idle between requests
     * @param body in which a body has to come on
     * @param send in which a client has to take something
     * @return a copy
     */
    public Limits withTimes(Duration header, Duration idle, Duration body, Duration send) {
        return new Limits(connections, requestLine, headers, upload, header, idle, body, send);
    }
}
