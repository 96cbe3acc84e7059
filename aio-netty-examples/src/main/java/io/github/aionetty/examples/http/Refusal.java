// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A path that is not served whatever the file system says. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;

    Refusal(HttpResponseStatus status) {
        super(status.toString(), null, false, false);
        this.status = status;
    }

    HttpResponseStatus status() {
        return status;
    }
}
