// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Answers OPTIONS (RFC 9110, 9.3.7): which methods there are. They are the same for each target,
 * {@code *} included, so that none is looked for, and no precondition is (13.2.1).
 */
final class OptionsResponder {
    private OptionsResponder() {}

    /** Answers with 204. */
    static void respond(Exchange exchange) {
        HttpResponse head = exchange.head(HttpResponseStatus.NO_CONTENT);
        head.headers().set(HttpHeaderNames.ALLOW, exchange.allowed());
        exchange.sendHead(head);
    }
}
