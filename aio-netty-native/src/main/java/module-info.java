// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The kernel-facing half of aio-netty: a one-to-one binding of the system calls of Linux native
 * AIO. It speaks {@code long}, {@code int} and memory; event loops, buffers and futures belong to
 * {@code io.github.aionetty}.
 */
module io.github.aionetty.nativeaio {
    requires io.netty.common;

    exports io.github.aionetty.nativeaio;
}
