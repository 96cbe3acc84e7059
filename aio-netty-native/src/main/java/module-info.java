// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The 1:1 binding to Linux kernel AIO: it speaks numbers and memory, no Netty transport or buffer
 * type.
 */
module io.github.aionetty.nativeaio {
    requires io.netty.common;

    exports io.github.aionetty.nativeaio;
}
