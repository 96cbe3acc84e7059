// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.ChannelHandlerContext;

/** What an exchange takes place on: an HTTP/1 connection or an HTTP/2 stream. */
interface Carrier {
    /** Whether the request has been received to its end. */
    boolean isRequestComplete();

    /** A body is wanted that was not so far, or there is room again. */
    void bodyWanted(ChannelHandlerContext ctx);

    /** The last of the body has been delivered. */
    void bodyEnded();

    /** The response has gone out. */
    void exchangeEnded(ChannelHandlerContext ctx, boolean keepAlive);
}
