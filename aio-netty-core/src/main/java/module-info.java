// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

/** Files for Netty's epoll event loops. */
module io.github.aionetty {
    requires transitive io.netty.common;
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires transitive io.netty.handler;
    requires io.netty.transport.unix.common;
    requires io.netty.transport.classes.epoll;
    requires io.github.aionetty.nativeaio;
    // AioFileSink takes HttpContent where it is there.
    requires static io.netty.codec;
    requires static io.netty.codec.http;
    // DIRECT on platforms without the native library.
    requires static jdk.unsupported;
    // The stall event; an image may lack it.
    requires static jdk.jfr;

    exports io.github.aionetty;
}
