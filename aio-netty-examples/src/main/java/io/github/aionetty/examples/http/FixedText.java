// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** A few bytes from memory, for who only asks whether the server is well. */
final class FixedText implements Route {
    private final byte[] text;

    FixedText(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void answer(Exchange exchange) {
        HttpResponse head = exchange.head(HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        exchange.send(head, text);
    }
}
