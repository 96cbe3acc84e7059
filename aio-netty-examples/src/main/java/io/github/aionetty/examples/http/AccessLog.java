// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each exchange, in the "combined" format that the field's tools read, and behind it
 * how long it took, in microseconds. The logger "access" takes it, and decides where it goes.
 */
final class AccessLog implements ExchangeObserver {
    /** What the lines are logged to. */
    static final String LOGGER = "access";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** What a client may have put into the log by one header. */
    private static final int MOST = 1024;

    @Override
    public void ended(Exchange exchange) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(exchange, exchange.remote(), Instant.now()));
        }
    }

    static String line(Exchange exchange, SocketAddress remote, Instant now) {
        HttpRequest request = exchange.request();
        StringBuilder line = new StringBuilder(256);
        line.append(
                remote instanceof InetSocketAddress address && address.getAddress() != null
                        ? address.getAddress().getHostAddress()
                        : "-");
        line.append(" - - [").append(TIME.format(now)).append("] \"");
        append(line, request.method().name());
        line.append(' ');
        append(line, request.uri());
        line.append(' ').append(exchange.protocol()).append("\" ");
        if (exchange.status() == null) {
            line.append("499"); // As nginx has it: the client left before there was an answer.
        } else {
            line.append(exchange.status().code());
        }
        line.append(' ').append(exchange.bytesSent()).append(" \"");
        append(line, request.headers().get(HttpHeaderNames.REFERER, "-"));
        line.append("\" \"");
        append(line, request.headers().get(HttpHeaderNames.USER_AGENT, "-"));
        return line.append("\" ").append(exchange.nanos() / 1000).toString();
    }

    /** So that no client can write lines of its own, end a field, or speak to a terminal. */
    private static void append(StringBuilder line, String text) {
        int end = Math.min(MOST, text.length());
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                line.append(String.format("\\x%02X", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
