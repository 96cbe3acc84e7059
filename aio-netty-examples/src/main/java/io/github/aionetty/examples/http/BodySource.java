// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The bytes of a response's body, as they come. All on the connection's loop. */
interface BodySource {
    /**
     * The next bytes.
     *
     * @param allocator for what has to be put together
     * @return the caller's; {@code null} where it has to wait to be called, and at the end
     * @throws Exception what makes an end of it
     */
    ByteBuf next(ByteBufAllocator allocator) throws Exception;

    /** Whether all has been given. */
    boolean isAtEnd();

    /** Lets go of everything. */
    void close();
}
