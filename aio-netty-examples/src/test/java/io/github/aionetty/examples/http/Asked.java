// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.List;
import java.util.Locale;

/**
 * A request that both servers get, but that each gets its own validators in the place of {@code
 * {etag}}, {@code {date}} and so on.
 *
 * @param method its method
 * @param target its target
 * @param version {@code HTTP/1.1}, or another; empty for HTTP/0.9
 * @param headers lines
 * @param body what follows the head
 */
record Asked(String method, String target, String version, List<String> headers, String body) {

    static Asked get(String target, String... headers) {
        return new Asked("GET", target, "HTTP/1.1", List.of(headers), "").withHost("test");
    }

    Asked withHost(String host) {
        return with("Host: " + host);
    }

    Asked with(String header) {
        return new Asked(
                method,
                target,
                version,
                java.util.stream.Stream.concat(headers.stream(), java.util.stream.Stream.of(header))
                        .toList(),
                body);
    }

    /** The values of a header, in one. */
    String header(String name) {
        return String.join(
                ",",
                headers.stream()
                        .filter(
                                line ->
                                        line.toLowerCase(Locale.ROOT)
                                                .startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .toList());
    }

    boolean has(String name) {
        return headers.stream()
                .anyMatch(
                        line ->
                                line.toLowerCase(Locale.ROOT)
                                        .startsWith(name.toLowerCase(Locale.ROOT) + ":"));
    }

    /** Without the query. */
    String path() {
        return target.replaceFirst("\\?.*", "");
    }

    boolean is(String... methods) {
        return List.of(methods).contains(method);
    }

    boolean needsValidators() {
        return headers.stream().anyMatch(line -> line.contains("{"));
    }

    /** As it is sent. */
    String text(Answered own) {
        StringBuilder text = new StringBuilder(method + " " + target);
        if (!version.isEmpty()) {
            text.append(' ').append(version);
        }
        text.append("\r\n");
        for (String header : headers) {
            text.append(own == null ? header : own.fill(header)).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    @Override
    public String toString() {
        String text = text(null);
        return (text.length() > 400 ? text.substring(0, 400) + "..." : text).replace("\r\n", " | ");
    }
}
