// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

/** Answers one exact path by itself. */
interface Route {
    /** Is called on the connection's loop, for GET and HEAD. */
    void answer(Exchange exchange);
}
